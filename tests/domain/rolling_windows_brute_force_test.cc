#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "base/limits.h"
#include "domain/rolling_windows.h"

namespace iocd::domain {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// What a window must hold at `now`: the plain list of events, filtered.
std::vector<Event> EventsOfWindow(const std::vector<Event>& events, Window window, Timestamp now) {
  const std::int64_t bucket = Spec(window).bucket * kSecond;
  const std::int64_t length = Spec(window).length * kSecond;
  const std::int64_t end = now.nanos - now.nanos % bucket + bucket;
  std::vector<Event> inside;
  for (const Event& event : events) {
    if (event.time.nanos >= end - length && event.time.nanos < end) inside.push_back(event);
  }
  return inside;
}

void ExpectSketch(std::vector<Event> inside, const QuantileSketch& sketch) {
  std::sort(inside.begin(), inside.end(),
            [](const Event& a, const Event& b) { return a.first < b.first; });
  EXPECT_EQ(sketch.Count(), inside.size());
  for (const double q : {0.0, 0.5, 0.9, 0.99, 1.0}) {
    const auto rank = static_cast<std::size_t>(q * static_cast<double>(inside.size() - 1));
    EXPECT_NEAR(*sketch.Quantile(q), inside[rank].first, inside[rank].first * 0.01 * (1 + 1e-9));
  }
}

/// Values are multiples of 1/4, so that sums are exact in whatever order they are added.
void ExpectAggregate(Kind kind, const std::vector<Event>& inside, const Aggregate& read) {
  double first = 0, second = 0;
  for (const Event& event : inside) {
    first += event.first;
    second += event.second;
  }
  ASSERT_EQ(read.events, inside.size());
  EXPECT_EQ(read.first, first);
  if (kind == Kind::kRatio) {
    EXPECT_EQ(read.second, second);
  }
  if (kind != Kind::kDuration || inside.empty()) return;
  const auto [min, max] =
      std::minmax_element(inside.begin(), inside.end(),
                          [](const Event& a, const Event& b) { return a.first < b.first; });
  EXPECT_EQ(read.min, min->first);
  EXPECT_EQ(read.max, max->first);
  ExpectSketch(inside, read.sketch);
}

/// A department's feed over simulated months: bursts and silences; late, ahead and out of order.
class Feed {
 public:
  explicit Feed(std::uint64_t seed) : random_(seed) {}

  Timestamp now() const { return {now_}; }

  void MoveClock() {
    switch (random_() % 8) {
      case 0:
        now_ += Below(6 * 3'600 * kSecond);
        break;
      case 1:
        now_ += Below(600 * kSecond);
        break;
      case 2:  // onto the edge of a quarter of an hour
        now_ += 900 * kSecond - now_ % (900 * kSecond);
        break;
      default:
        now_ += Below(20 * kSecond);
    }
    if (random_() % 2'000 == 0) now_ += Below(45 * 86'400 * kSecond);
  }

  Event Next() {
    Event event;
    event.time.nanos = now_ - Lateness();
    if (random_() % 4 == 0) event.time.nanos -= event.time.nanos % kSecond;
    event.first = static_cast<double>(random_() % 4'000) / 4;
    if (random_() % 10 == 0) event.first = 0;
    event.second = event.first + static_cast<double>(random_() % 400) / 4;
    return event;
  }

 private:
  std::int64_t Below(std::int64_t bound) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
  }

  /// What admission lets in: at most 30 days late, at most 60 s ahead.
  std::int64_t Lateness() {
    switch (random_() % 8) {
      case 0:
        return -Below(limits::kMaxEventAhead.nanos + 1);
      case 1:
        return Below(limits::kMaxEventAge.nanos + 1);
      case 2:
        return Below(2 * 86'400 * kSecond);
      case 3:
        return Below(3'600 * kSecond);
      default:
        return Below(90 * kSecond);
    }
  }

  std::mt19937_64 random_;
  std::int64_t now_ = 1'714'780'800 * kSecond;
};

class RollingWindowsBruteForceTest : public testing::TestWithParam<Kind> {};

TEST_P(RollingWindowsBruteForceTest, EveryWindowHoldsExactlyTheEventsOfItsBuckets) {
  const Kind kind = GetParam();
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    Feed feed(seed);
    const Timestamp begin = feed.now();
    RollingWindows windows(kind);
    std::vector<Event> events;
    for (int step = 0; step < 5'000; ++step) {
      feed.MoveClock();
      events.push_back(feed.Next());
      windows.Add(events.back());
      if (step % 25 != 0) continue;
      for (const Window window : kAllWindows) {
        SCOPED_TRACE(testing::Message() << "seed " << seed << ", step " << step << ", window "
                                        << Spec(window).name.data());
        ASSERT_NO_FATAL_FAILURE(ExpectAggregate(kind, EventsOfWindow(events, window, feed.now()),
                                                windows.Read(window, feed.now())));
      }
    }
    EXPECT_GT(feed.now() - begin, Duration::Days(60));
  }
}

TEST_P(RollingWindowsBruteForceTest, BucketsAddUpToTheirWindow) {
  const Kind kind = GetParam();
  Feed feed(4);
  RollingWindows windows(kind);
  std::vector<Event> events;
  for (int step = 0; step < 2'000; ++step) {
    feed.MoveClock();
    events.push_back(feed.Next());
    windows.Add(events.back());
    if (step % 100 != 0) continue;
    for (const Window window : kAllWindows) {
      std::uint64_t count = 0;
      for (const BucketValue& bucket : windows.ReadBuckets(window, feed.now())) {
        const auto in_bucket = std::count_if(events.begin(), events.end(), [&](const Event& event) {
          return event.time >= bucket.start &&
                 event.time < bucket.start + Duration::Seconds(Spec(window).bucket);
        });
        ASSERT_EQ(bucket.content.events, static_cast<std::uint64_t>(in_bucket));
        count += bucket.content.events;
      }
      EXPECT_EQ(count, windows.Read(window, feed.now()).events);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(WindowedKinds, RollingWindowsBruteForceTest,
                         testing::Values(Kind::kFlow, Kind::kRatio, Kind::kDuration),
                         [](const auto& suite) { return std::string(KindName(suite.param)); });

}  // namespace
}  // namespace iocd::domain
