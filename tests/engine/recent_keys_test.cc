#include "engine/recent_keys.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace iocd::engine {
namespace {

constexpr Duration kHorizon = Duration::Seconds(100);
constexpr std::size_t kMaxKeys = 50;
constexpr std::size_t kEntryBytes = 28;  // key, arrival, value

struct Number {
  std::uint32_t number = 0;
  void EncodeTo(std::string* out) const { Put(out, number); }
  static Number Decode(Reader& reader) { return {reader.Get<std::uint32_t>()}; }
  static constexpr std::size_t kEncodedBytes = 4;
};
using Keys = RecentKeys<Number>;

KeyHash Key(std::uint64_t number) { return {number, ~number}; }
Timestamp At(std::int64_t seconds) { return Timestamp::FromSeconds(1'700'000'000 + seconds); }

std::string Bytes(const Keys& keys) {
  std::string bytes;
  keys.EncodeTo(&bytes);
  return bytes;
}

bool Load(Keys* keys, absl::string_view chunk) {
  Reader reader(chunk);
  return keys->DecodeChunk(reader) && reader.rest().empty();
}

// What lies at the ends of time made the horizon overflow.
TEST(RecentKeysTest, HoldsKeysFromTheBeginningToTheEndOfTime) {
  const Timestamp first{std::numeric_limits<std::int64_t>::min()};
  const Timestamp last{std::numeric_limits<std::int64_t>::max()};
  Keys keys(kHorizon, kMaxKeys);
  keys.Take(Key(1), first, {1});
  keys.Take(Key(2), first, {2});
  EXPECT_TRUE(keys.HoldsAt(Key(1), first));
  keys.Take(Key(3), last, {3});
  EXPECT_EQ(keys.Find(Key(1)), nullptr);
  keys.Take(Key(4), first, {4});
  EXPECT_TRUE(keys.HoldsAt(Key(3), last));
  Keys loaded(kHorizon, kMaxKeys);
  std::string chunk;
  keys.EncodeChunk(keys.FirstOrdinal(), 1'000, &chunk);
  ASSERT_TRUE(Load(&loaded, chunk));
  EXPECT_EQ(Bytes(loaded), Bytes(keys));
}

TEST(RecentKeysTest, HoldsAKeyForItsHorizon) {
  Keys keys(kHorizon, kMaxKeys);
  keys.Take(Key(1), At(0), {7});
  ASSERT_NE(keys.Find(Key(1)), nullptr);
  EXPECT_EQ(keys.Find(Key(1))->number, 7u);
  EXPECT_EQ(keys.Find(Key(2)), nullptr);
  EXPECT_TRUE(keys.HoldsAt(Key(1), At(100)));
  EXPECT_FALSE(keys.HoldsAt(Key(1), At(101)));
  keys.Take(Key(2), At(101), {});
  EXPECT_EQ(keys.Find(Key(1)), nullptr);
  EXPECT_EQ(keys.FirstOrdinal(), 1u);
  EXPECT_EQ(keys.EndOrdinal(), 2u);
}

TEST(RecentKeysTest, LetsTheOldestGoAtItsLimit) {
  Keys keys(kHorizon, kMaxKeys);
  for (std::size_t i = 0; i <= kMaxKeys; ++i) keys.Take(Key(i), At(0), {});
  EXPECT_EQ(keys.size(), kMaxKeys);
  EXPECT_EQ(keys.Find(Key(0)), nullptr);
  EXPECT_NE(keys.Find(Key(1)), nullptr);
}

TEST(RecentKeysTest, AKeyThatIsHeldStaysAsItIs) {
  Keys keys(kHorizon, kMaxKeys);
  keys.Take(Key(1), At(0), {7});
  keys.Take(Key(1), At(50), {8});
  EXPECT_EQ(keys.Find(Key(1))->number, 7u);
  EXPECT_FALSE(keys.HoldsAt(Key(1), At(101)));
}

// A clock that was set back would leave a key in the middle that has expired and is still held.
TEST(RecentKeysTest, AnArrivalBeforeTheLastCountsAsEqualToIt) {
  Keys keys(kHorizon, kMaxKeys);
  keys.Take(Key(1), At(60), {});
  keys.Take(Key(2), At(0), {});
  EXPECT_TRUE(keys.HoldsAt(Key(2), At(160)));
  keys.Take(Key(3), At(161), {});
  EXPECT_EQ(keys.size(), 1u);
}

/// What RecentKeys must say, from the list of all that was taken.
class Model {
 public:
  void Take(std::uint64_t key, Timestamp arrival) {
    std::erase_if(held_, [&](const auto& one) { return one.second + kHorizon < arrival; });
    for (const auto& [held, time] : held_) {
      if (held == key) return;
    }
    if (held_.size() == kMaxKeys) held_.erase(held_.begin());
    held_.emplace_back(key, arrival);
  }
  bool Holds(std::uint64_t key, Timestamp arrival) const {
    for (const auto& [held, time] : held_) {
      if (held == key) return time + kHorizon >= arrival;
    }
    return false;
  }

 private:
  std::vector<std::pair<std::uint64_t, Timestamp>> held_;
};

/// Cuts the chunks of a history one by one, at moments of the caller's choice.
class Cutter {
 public:
  bool done() const { return done_; }
  void Cut(const Keys& keys, std::size_t max_bytes) {
    chunks_.emplace_back();
    next_ = keys.EncodeChunk(next_, max_bytes, &chunks_.back());
    first_at_last_cut_ = keys.FirstOrdinal();
    done_ = next_ == keys.EndOrdinal();
  }
  std::optional<Keys> Load() const {
    Keys loaded(kHorizon, kMaxKeys);
    for (const std::string& chunk : chunks_) {
      if (!engine::Load(&loaded, chunk)) return std::nullopt;
    }
    loaded.DropBelow(first_at_last_cut_);
    return loaded;
  }

 private:
  std::vector<std::string> chunks_;
  std::uint64_t next_ = 0, first_at_last_cut_ = 0;
  bool done_ = false;
};

TEST(RecentKeysTest, ChunksCutAmidChangesGiveEqualBytesAndAnswers) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    Keys keys(kHorizon, kMaxKeys);
    Model model;
    std::int64_t now = 0;
    const std::uint64_t distinct = 20 + random() % 200;
    const auto take = [&](std::size_t times) {
      for (std::size_t i = 0; i < times; ++i) {
        now += random() % 300 == 0 ? 150 : static_cast<std::int64_t>(random() % 6);
        const std::uint64_t key = random() % distinct;
        EXPECT_EQ(keys.HoldsAt(Key(key), At(now)), model.Holds(key, At(now)));
        keys.Take(Key(key), At(now), {static_cast<std::uint32_t>(i)});
        model.Take(key, At(now));
      }
    };
    take(random() % 200);
    Cutter cutter;
    while (!cutter.done()) {
      cutter.Cut(keys, random() % (20 * kEntryBytes));
      if (!cutter.done()) take(random() % 15);
    }
    std::optional<Keys> loaded = cutter.Load();
    ASSERT_TRUE(loaded);
    ASSERT_EQ(Bytes(*loaded), Bytes(keys));
    for (std::uint64_t key = 0; key < distinct; ++key) {
      ASSERT_EQ(loaded->HoldsAt(Key(key), At(now)), model.Holds(key, At(now)));
    }
    loaded->Take(Key(1'000), At(now + 3), {});
    keys.Take(Key(1'000), At(now + 3), {});
    ASSERT_EQ(Bytes(*loaded), Bytes(keys));
  }
}

TEST(RecentKeysTest, AChunkKeepsToItsBytes) {
  Keys keys(kHorizon, kMaxKeys);
  for (std::uint64_t i = 0; i < 30; ++i) keys.Take(Key(i), At(0), {});
  std::string chunk;
  EXPECT_EQ(keys.EncodeChunk(0, 10 * kEntryBytes + 5, &chunk), 10u);
  EXPECT_LE(chunk.size(), 10 * kEntryBytes + 12);
  EXPECT_EQ(keys.EncodeChunk(10, 0, &chunk), 11u) << "a chunk always gets on";
  EXPECT_EQ(keys.EncodeChunk(30, 1'000, &chunk), 30u);
}

TEST(RecentKeysTest, OrdinalsSurviveWhenAllHasGone) {
  Keys keys(kHorizon, kMaxKeys);
  keys.Take(Key(1), At(0), {});
  keys.DropBelow(5);
  EXPECT_EQ(keys.FirstOrdinal(), 5u);
  EXPECT_EQ(keys.EndOrdinal(), 5u);
  Keys loaded(kHorizon, kMaxKeys);
  loaded.DropBelow(5);
  EXPECT_EQ(Bytes(loaded), Bytes(keys));
}

TEST(RecentKeysTest, RefusesChunksThatCannotBe) {
  const auto chunk = [](std::uint64_t first, std::vector<std::pair<std::uint64_t, Timestamp>> of) {
    std::string bytes;
    Put<std::uint64_t>(&bytes, first);
    Put<std::uint32_t>(&bytes, static_cast<std::uint32_t>(of.size()));
    for (const auto& [key, arrival] : of) {
      Put<std::uint64_t>(&bytes, Key(key).low);
      Put<std::uint64_t>(&bytes, Key(key).high);
      Put<std::int64_t>(&bytes, arrival.nanos);
      Put<std::uint32_t>(&bytes, 0);
    }
    return bytes;
  };
  Keys keys(kHorizon, kMaxKeys);
  EXPECT_TRUE(Load(&keys, chunk(3, {{1, At(0)}, {2, At(1)}})));
  EXPECT_FALSE(Load(&keys, chunk(4, {{3, At(1)}}))) << "it overlaps the one before";
  EXPECT_FALSE(Load(&keys, chunk(5, {{3, At(2)}, {3, At(2)}}))) << "a key twice";
  EXPECT_FALSE(Load(&keys, chunk(9, {{4, At(5)}, {5, At(4)}}))) << "an arrival before the last";
  EXPECT_FALSE(Load(&keys, chunk(~std::uint64_t{0}, {{7, At(5)}})));
  std::vector<std::pair<std::uint64_t, Timestamp>> many;
  for (std::uint64_t key = 0; key <= kMaxKeys; ++key) many.emplace_back(100 + key, At(9));
  EXPECT_FALSE(Load(&keys, chunk(30, many))) << "more than are ever held";
}

TEST(RecentKeysTest, AMutatedChunkIsRefusedOrTakenSoundly) {
  std::mt19937_64 random(1);
  Keys source(kHorizon, kMaxKeys);
  for (std::uint64_t i = 0; i < 40; ++i) source.Take(Key(i), At(static_cast<int>(i)), {});
  std::string sound;
  source.EncodeChunk(0, 1'000'000, &sound);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = sound;
    for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
      bytes[random() % (random() % 2 == 0 ? 40 : bytes.size())] = static_cast<char>(random());
    }
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    Keys keys(kHorizon, kMaxKeys);
    keys.Take(Key(1), At(0), {});
    if (!Load(&keys, bytes)) continue;
    for (std::uint64_t more = 0; more < 60; ++more) keys.Take(Key(more), At(90), {});
    ASSERT_LE(keys.size(), kMaxKeys);
  }
}

}  // namespace
}  // namespace iocd::engine
