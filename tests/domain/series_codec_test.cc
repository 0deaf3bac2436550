#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "domain/series.h"

namespace iocd::domain {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kStart = 1'714'780'800;
constexpr Kind kAllKinds[] = {Kind::kFlow,  Kind::kRatio,    Kind::kDuration,
                              Kind::kStock, Kind::kCoverage, Kind::kScore,
                              Kind::kRank,  Kind::kReported, Kind::kWorst};

std::string Bytes(const Series& series) {
  std::string bytes;
  series.EncodeTo(&bytes);
  return bytes;
}

std::optional<Series> Decoded(absl::string_view bytes) {
  Reader reader(bytes);
  std::optional<Series> series = Series::Decode(reader);
  if (series) {
    EXPECT_TRUE(reader.rest().empty());
  }
  return series;
}

/// Events about a clock that moves on in leaps and in small steps: late, ahead, of all sizes.
class Feed {
 public:
  explicit Feed(std::uint64_t seed) : random_(seed) {}

  Timestamp now() const { return {now_}; }

  Event Next() {
    const std::int64_t leaps[] = {kSecond, 90 * kSecond, 7'200 * kSecond, 3 * 86'400 * kSecond};
    now_ += Below(leaps[random_() % 64 == 0 ? 3 : random_() % 3]);
    const std::int64_t lateness[] = {61 * kSecond, 3'600 * kSecond, 30 * 86'400 * kSecond};
    Event event;
    event.time.nanos = now_ + 60 * kSecond - Below(lateness[random_() % 3]);
    event.first = random_() % 8 == 0 ? 0 : static_cast<double>(Below(1'000'000'000)) / 1'000;
    event.second = event.first + 1 + static_cast<double>(Below(100));
    event.has_second = random_() % 2 == 0;
    return event;
  }

 private:
  std::int64_t Below(std::int64_t bound) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
  }

  std::mt19937_64 random_;
  std::int64_t now_ = kStart * kSecond;
};

Series Fed(Kind kind, int events, Feed& feed) {
  Series series(kind);
  for (int i = 0; i < events; ++i) series.Apply(feed.Next(), feed.now());
  return series;
}

/// An event in every bucket of every window.
Series FullSeries(Kind kind) {
  Series series(kind);
  for (const Window window : kAllWindows) {
    const WindowSpec& spec = Spec(window);
    for (std::int64_t time = kStart - spec.length - 60; time <= kStart + 60; time += spec.bucket) {
      Event event;
      event.time = Timestamp::FromSeconds(time);
      event.first = 0.1 * static_cast<double>(time % 7'200);
      event.second = event.first + 1;
      series.Apply(event, event.time);
    }
  }
  return series;
}

class SeriesCodecTest : public testing::TestWithParam<Kind> {};

TEST_P(SeriesCodecTest, ADecodedSeriesIsEqualNowAndAfterWhateverFollows) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Feed feed(seed);
    Series series = Fed(GetParam(), static_cast<int>(seed * seed), feed);
    std::optional<Series> decoded = Decoded(Bytes(series));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->kind(), GetParam());
    EXPECT_EQ(decoded->LastEventTime(), series.LastEventTime());
    for (int i = 0; i < 300; ++i) {
      ASSERT_EQ(Bytes(*decoded), Bytes(series)) << "seed " << seed << ", event " << i;
      const Event event = feed.Next();
      series.Apply(event, feed.now());
      decoded->Apply(event, feed.now());
    }
  }
}

TEST_P(SeriesCodecTest, ADecodedSeriesReadsTheSame) {
  const Kind kind = GetParam();
  Feed feed(7);
  const Series series = Fed(kind, 5'000, feed);
  const std::optional<Series> decoded = Decoded(Bytes(series));
  ASSERT_TRUE(decoded);
  const auto expect_equal = [](const Aggregate& one, const Aggregate& other) {
    EXPECT_EQ(one.events, other.events);
    EXPECT_EQ(one.first, other.first);
    EXPECT_EQ(one.second, other.second);
    EXPECT_EQ(one.has_second, other.has_second);
    EXPECT_EQ(one.min, other.min);
    EXPECT_EQ(one.max, other.max);
    EXPECT_EQ(one.sketch, other.sketch);
  };
  if (!IsWindowed(kind)) return expect_equal(decoded->Latest(), series.Latest());
  for (const Window window : kAllWindows) {
    for (const std::int64_t later : {-60, 0, 61, 86'400}) {
      const Timestamp now = feed.now() + Duration::Seconds(later);
      expect_equal(decoded->InWindow(window, now), series.InWindow(window, now));
    }
  }
}

TEST_P(SeriesCodecTest, EveryCutOffEncodingIsRefused) {
  Feed feed(3);
  const std::string bytes = Bytes(Fed(GetParam(), 12, feed));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(Decoded(bytes.substr(0, size))) << size;
  }
}

// What is taken is canonical, and whatever happens to it afterwards stays defined.
TEST_P(SeriesCodecTest, AMutatedEncodingIsRefusedOrASoundSeries) {
  std::mt19937_64 random(11);
  Feed feed(5);
  for (int base = 0; base < 20; ++base) {
    const std::string sound = Bytes(Fed(GetParam(), 1 << (base % 7), feed));
    for (int i = 0; i < 600; ++i) {
      std::string bytes = sound;
      for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
        bytes[random() % bytes.size()] = static_cast<char>(random());
      }
      if (random() % 4 == 0) bytes.resize(random() % bytes.size());
      Reader reader(bytes);
      std::optional<Series> series = Series::Decode(reader);
      if (!series) continue;
      EXPECT_EQ(Bytes(*series), bytes.substr(0, bytes.size() - reader.rest().size()));
      series->Apply(feed.Next(), feed.now());
      ASSERT_TRUE(Decoded(Bytes(*series)));
      if (!IsWindowed(series->kind())) continue;
      for (const Window window : kAllWindows) {
        const Aggregate read = series->InWindow(window, feed.now());
        read.sketch.Quantile(0.99);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, SeriesCodecTest, testing::ValuesIn(kAllKinds),
                         [](const auto& suite) { return std::string(KindName(suite.param)); });

TEST(SeriesCodecTest, StaysSmall) {
  // 30 days and 3 half months of 28 and 36 bytes are in it.
  EXPECT_LE(Bytes(FullSeries(Kind::kFlow)).size(), 12u * 1'024);
  EXPECT_LE(Bytes(FullSeries(Kind::kRatio)).size(), 18u * 1'024);
  EXPECT_LE(Bytes(Series(Kind::kDuration)).size(), 2u);
  Event event;
  event.time = Timestamp::FromSeconds(kStart);
  Series one(Kind::kFlow);
  one.Apply(event, event.time);
  EXPECT_LE(Bytes(one).size(), 220u);
}

TEST(SeriesCodecTest, RefusesAKindThatDoesNotExist) {
  EXPECT_FALSE(Decoded(absl::string_view("\0\0", 2)));
  EXPECT_FALSE(Decoded(absl::string_view("\x0a\0", 2)));
  EXPECT_TRUE(Decoded(absl::string_view("\x09\0", 2)));
}

// A bin outside the range would be written beyond the merger's array.
TEST(SeriesCodecTest, RefusesASketchWithABinOutsideItsRange) {
  const auto sketch = [](std::int16_t bin, std::uint32_t count) {
    std::string bytes;
    Put<std::uint64_t>(&bytes, 0);
    Put<std::uint16_t>(&bytes, 1);
    Put<std::int16_t>(&bytes, bin);
    Put<std::uint32_t>(&bytes, count);
    Reader reader(bytes);
    return QuantileSketch::Decode(reader).has_value();
  };
  EXPECT_TRUE(sketch(QuantileSketch::kLowestBin, 1));
  EXPECT_TRUE(sketch(QuantileSketch::kHighestBin, 1));
  EXPECT_FALSE(sketch(QuantileSketch::kLowestBin - 1, 1));
  EXPECT_FALSE(sketch(QuantileSketch::kHighestBin + 1, 1));
  EXPECT_FALSE(sketch(0, 0));
}

}  // namespace
}  // namespace iocd::domain
