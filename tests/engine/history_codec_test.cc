#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <random>
#include <string>

#include "base/limits.h"
#include "engine/dictionary.h"
#include "engine/producer_histories.h"
#include "engine/snapshot_cutter.h"
#include "engine/state.h"
#include "support/test_catalogue.h"

namespace iocd::engine {
namespace {

template <typename Thing>
std::string Bytes(const Thing& thing) {
  std::string bytes;
  thing.EncodeTo(&bytes);
  return bytes;
}

template <typename Thing>
std::optional<Thing> Decoded(absl::string_view bytes) {
  Reader reader(bytes);
  std::optional<Thing> thing = Thing::Decode(reader);
  if (thing) {
    // What is taken is canonical.
    EXPECT_TRUE(Bytes(*thing) == bytes.substr(0, bytes.size() - reader.rest().size()));
  }
  return thing;
}

/// Decodes changed copies of a sound encoding; calls `use` with what is taken nevertheless.
template <typename Thing, typename Use>
void DecodeMutations(const std::string& sound, int times, Use use) {
  std::mt19937_64 random(sound.size());
  for (int i = 0; i < times; ++i) {
    std::string bytes = sound;
    for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
      // Mostly near the front, where counts and ranges stand.
      const std::size_t range =
          random() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 60) : bytes.size();
      bytes[random() % range] = static_cast<char>(random() % 4 == 0 ? random() : random() % 3);
    }
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    if (std::optional<Thing> thing = Decoded<Thing>(bytes)) use(*thing);
  }
}

/// Takes what is new of random sequences: in order, with gaps, back in the gaps, far ahead.
class RandomProducer {
 public:
  explicit RandomProducer(std::uint64_t seed) : random_(seed) {}

  eventlog::Sequence Next() {
    const std::uint64_t leaps[] = {1, 1, 1, 2, 50, 500'000};
    if (random_() % 8 == 0) return 1 + random_() % (newest_ + 1);
    return newest_ += leaps[random_() % (random_() % 100 == 0 ? 6 : 5)];
  }

  Taken Answer() {
    return {.content = {random_(), random_()},
            .position = ++position_,
            .accepted = static_cast<std::uint32_t>(random_()),
            .refused = static_cast<std::uint32_t>(random_() % 3),
            .already_counted = static_cast<std::uint32_t>(random_() % 3)};
  }

 private:
  std::mt19937_64 random_;
  eventlog::Sequence newest_ = 0;
  std::uint64_t position_ = 0;
};

bool IsNew(const Verdict& verdict) { return verdict.kind == Verdict::Kind::kNew; }

ProducerHistory SomeHistory(std::size_t batches, std::uint64_t seed = 1) {
  ProducerHistory history;
  RandomProducer producer(seed);
  for (std::size_t i = 0; i < batches; ++i) {
    const eventlog::Sequence sequence = producer.Next();
    if (IsNew(history.Judge(sequence, {}))) history.Take(sequence, producer.Answer());
  }
  return history;
}

TEST(ProducerHistoryCodecTest, ADecodedHistoryIsEqualNowAndAfterWhateverFollows) {
  for (const std::size_t batches : {0, 1, 30, 3'000, 12'000}) {
    SCOPED_TRACE(batches);
    ProducerHistory history = SomeHistory(batches, batches);
    std::optional<ProducerHistory> decoded = Decoded<ProducerHistory>(Bytes(history));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->Highest(), history.Highest());
    RandomProducer producer(batches);
    for (int i = 0; i < 6'000; ++i) {
      const eventlog::Sequence sequence = producer.Next();
      const Taken taken = producer.Answer();
      const Verdict one = history.Judge(sequence, taken.content);
      const Verdict other = decoded->Judge(sequence, taken.content);
      ASSERT_EQ(one.kind, other.kind) << sequence;
      ASSERT_EQ(one.taken, other.taken);
      ASSERT_EQ(one.bound, other.bound);
      if (!IsNew(one)) continue;
      history.Take(sequence, taken);
      decoded->Take(sequence, taken);
    }
    ASSERT_TRUE(Bytes(*decoded) == Bytes(history));
  }
}

TEST(ProducerHistoryCodecTest, RefusesRangesThatAreNotInOrder) {
  using Range = std::pair<eventlog::Sequence, eventlog::Sequence>;
  const auto takes = [](eventlog::Sequence floor, std::initializer_list<Range> ranges) {
    std::string bytes;
    Put<std::uint64_t>(&bytes, floor);
    Put<std::uint32_t>(&bytes, static_cast<std::uint32_t>(ranges.size()));
    for (const auto& [first, last] : ranges) {
      Put<std::uint64_t>(&bytes, first);
      Put<std::uint64_t>(&bytes, last);
    }
    Put<std::uint32_t>(&bytes, 0);
    return Decoded<ProducerHistory>(bytes).has_value();
  };
  constexpr auto kMax = std::numeric_limits<eventlog::Sequence>::max();
  EXPECT_TRUE(takes(0, {{1, 5}, {7, 7}}));
  EXPECT_TRUE(takes(4, {{5, kMax}}));
  EXPECT_FALSE(takes(5, {{5, 6}})) << "not above the floor";
  EXPECT_FALSE(takes(0, {{0, 5}})) << "0 is no sequence";
  EXPECT_FALSE(takes(0, {{3, 2}})) << "ends before it begins";
  EXPECT_FALSE(takes(0, {{1, 5}, {6, 7}})) << "two that are one";
  EXPECT_FALSE(takes(0, {{1, 5}, {4, 7}})) << "overlap";
  EXPECT_FALSE(takes(0, {{1, kMax}, {0, 3}}));
}

TEST(ProducerHistoryCodecTest, RefusesAnAnswerOfASequenceThatWasNotTaken) {
  ProducerHistory history;
  history.Take(7, {});
  std::string bytes = Bytes(history);
  ASSERT_TRUE(Decoded<ProducerHistory>(bytes));
  PutAt<std::uint64_t>(&bytes, 8 + 4 + 16 + 4, 8);
  EXPECT_FALSE(Decoded<ProducerHistory>(bytes));
}

TEST(ProducerHistoryCodecTest, AMutatedEncodingIsRefusedOrASoundHistory) {
  for (const std::size_t batches : {1, 5, 60}) {
    DecodeMutations<ProducerHistory>(Bytes(SomeHistory(batches)), 10'000, [](auto& history) {
      const eventlog::Sequence next = history.Highest() + 1;
      if (IsNew(history.Judge(next, {}))) history.Take(next, {});
      EXPECT_TRUE(Decoded<ProducerHistory>(Bytes(history)));
    });
  }
}

ProducerHistories SomeHistories(std::size_t producers, std::size_t batches) {
  ProducerHistories histories;
  for (std::size_t i = 0; i < batches; ++i) {
    const Taken taken{.content = {i, i}, .position = i};
    histories.Take("p" + std::to_string(i % producers), 1 + i / producers, taken);
  }
  return histories;
}

TEST(ProducerHistoriesCodecTest, DecodedHistoriesAreEqualNowAndAfterWhateverFollows) {
  for (const std::size_t producers : {1, 63, 64, 65, 300}) {
    ProducerHistories histories = SomeHistories(producers, 1'000);
    std::optional<ProducerHistories> decoded = Decoded<ProducerHistories>(Bytes(histories));
    ASSERT_TRUE(decoded);
    for (std::size_t i = 0; i < 500; ++i) {
      const std::string producer = "p" + std::to_string(i % (producers + 5));
      const eventlog::Sequence sequence = 1'001 + i;
      ASSERT_EQ(histories.Judge(producer, i / 10, {}).kind,
                decoded->Judge(producer, i / 10, {}).kind);
      histories.Take(producer, sequence, {.position = 1'000 + i});
      decoded->Take(producer, sequence, {.position = 1'000 + i});
    }
    ASSERT_TRUE(Bytes(*decoded) == Bytes(histories)) << producers;
  }
}

TEST(ProducerHistoriesCodecTest, AMutatedEncodingIsRefusedOrSound) {
  const auto use = [](ProducerHistories& histories) {
    histories.Take("new", 1, {});
    EXPECT_TRUE(Decoded<ProducerHistories>(Bytes(histories)));
  };
  DecodeMutations<ProducerHistories>(Bytes(SomeHistories(3, 9)), 20'000, use);
  DecodeMutations<ProducerHistories>(Bytes(SomeHistories(70, 140)), 3'000, use);
}

Dictionary SomeDictionary() {
  Dictionary dictionary;
  for (const auto& record : dictionary.Missing(testing::TestCatalogue())) {
    EXPECT_TRUE(dictionary.Apply(record).ok());
  }
  return dictionary;
}

// New names that came in one group were all judged before the first of them made another producer
// retire, so more had retired than kMaxRetiredProducers: a snapshot of that could not be read back.
TEST(ProducerHistoriesCodecTest, MayHoldMoreRetiredNamesThanNewOnesAreTakenWith) {
  constexpr std::size_t kNames =
      limits::kMaxProducersPerDepartment + limits::kMaxRetiredProducers + 5;
  ProducerHistories histories;
  for (std::size_t i = 0; i < kNames; ++i) {
    histories.Take("producer " + std::to_string(i), 1, {.position = i});
  }
  EXPECT_TRUE(Decoded<ProducerHistories>(Bytes(histories)));
}

TEST(DictionaryCodecTest, ADecodedDictionaryKnowsTheSame) {
  const Dictionary dictionary = SomeDictionary();
  const std::optional<Dictionary> decoded = Decoded<Dictionary>(Bytes(dictionary));
  ASSERT_TRUE(decoded);
  domain::Catalogue one = testing::TestCatalogue(), other = testing::TestCatalogue();
  EXPECT_TRUE(decoded->Missing(one).empty());
  dictionary.AssignIds(&one);
  decoded->AssignIds(&other);
  for (std::size_t i = 0; i < one.data().indicators.size(); ++i) {
    const domain::IndicatorId id = one.data().indicators[i].id;
    EXPECT_EQ(other.data().indicators[i].id, id);
    EXPECT_EQ(decoded->KindOf(id), dictionary.KindOf(id));
  }
  EXPECT_TRUE(Decoded<Dictionary>(Bytes(Dictionary())));
}

TEST(DictionaryCodecTest, RefusesACodeWithTwoIdsAndAnIndicatorWithoutKind) {
  using eventlog::DefinedThing;
  const auto takes = [](const std::vector<eventlog::DefineRecord>& records) {
    std::string bytes;
    Put<std::uint32_t>(&bytes, static_cast<std::uint32_t>(records.size()));
    for (const auto& record : records) eventlog::AppendTo(&bytes, record);
    return Decoded<Dictionary>(bytes).has_value();
  };
  EXPECT_TRUE(takes({{DefinedThing::kDepartment, 1, "a"}, {DefinedThing::kDepartment, 2, "b"}}));
  EXPECT_FALSE(takes({{DefinedThing::kDepartment, 1, "a"}, {DefinedThing::kDepartment, 2, "a"}}));
  EXPECT_FALSE(takes({{DefinedThing::kDepartment, 1, "a"}, {DefinedThing::kDepartment, 1, "a"}}));
  EXPECT_FALSE(takes({{DefinedThing::kMember, 1, "s/m"}, {DefinedThing::kDepartment, 1, "a"}}));
  EXPECT_TRUE(takes({{DefinedThing::kIndicator, 1, "i", domain::Kind::kFlow}}));
  EXPECT_FALSE(takes({{DefinedThing::kIndicator, 1, "i"}}));
}

TEST(DictionaryCodecTest, AMutatedEncodingIsRefusedOrSound) {
  DecodeMutations<Dictionary>(Bytes(SomeDictionary()), 30'000, [](Dictionary& dictionary) {
    for (const auto& record : dictionary.Missing(testing::TestCatalogue())) {
      EXPECT_TRUE(dictionary.Apply(record).ok());
    }
  });
}

// A fuzzer found a slice that was taken although it says that more entries of a list have gone than
// there ever were: the state was one that no snapshot could hold.
TEST(LoadSliceTest, RefusesAListThatBeginsBehindItsEnd) {
  for (const std::uint64_t first_ordinal : {0, 5}) {
    std::string slice;
    Put<std::uint8_t>(&slice, 3);  // a department
    Put<std::uint32_t>(&slice, 1);
    slice.append(1 + 8 + 1, '\0');  // never seen
    slice.append(4 + 4, '\0');      // no producers
    Put<std::uint8_t>(&slice, 4);   // a chunk
    Put<std::uint8_t>(&slice, 2);   // of its references
    Put<std::uint32_t>(&slice, 1);
    Put<std::uint64_t>(&slice, first_ordinal);
    slice.append(8 + 4, '\0');  // no entries, from 0 on
    State state;
    const absl::Status loaded = LoadSlice(slice, 0, &state);
    EXPECT_EQ(loaded.ok(), first_ordinal == 0) << loaded;
  }
}

}  // namespace
}  // namespace iocd::engine
