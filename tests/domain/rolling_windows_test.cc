#include "domain/rolling_windows.h"

#include <gtest/gtest.h>

#include <bit>
#include <vector>

#include "base/limits.h"
#include "domain/window_rings.h"
#include "domain/window_slots.h"

namespace iocd::domain {
namespace {

/// 2024-05-04 00:00 UTC: on the edge of a bucket of every window.
constexpr std::int64_t kStart = 1'714'780'800;

Event At(std::int64_t seconds, double first, double second = 0) {
  Event event;
  event.time = Timestamp::FromSeconds(seconds);
  event.first = first;
  event.second = second;
  return event;
}

Aggregate ReadAt(const RollingWindows& windows, Window window, std::int64_t seconds) {
  return windows.Read(window, Timestamp::FromSeconds(seconds));
}

std::uint64_t EventsAt(const RollingWindows& windows, Window window, std::int64_t seconds) {
  return ReadAt(windows, window, seconds).events;
}

TEST(RollingWindowsTest, HoldsNothingBeforeTheFirstEvent) {
  for (const Kind kind : {Kind::kFlow, Kind::kRatio, Kind::kDuration}) {
    const RollingWindows windows(kind);
    for (const Window window : kAllWindows) {
      EXPECT_FALSE(ReadAt(windows, window, kStart).HasValue());
      EXPECT_EQ(windows.ReadBuckets(window, Timestamp::FromSeconds(kStart)).size(),
                static_cast<std::size_t>(Spec(window).BucketCount()));
    }
    EXPECT_EQ(windows.HeapBytes(), 0u);
  }
}

TEST(RollingWindowsTest, AWindowIsTheBucketOfNowAndThoseBefore) {
  RollingWindows windows(Kind::kFlow);
  windows.Add(At(kStart, 1));
  for (const Window window : kAllWindows) {
    const WindowSpec& spec = Spec(window);
    EXPECT_EQ(EventsAt(windows, window, kStart - 1), 0u) << spec.name;
    EXPECT_EQ(EventsAt(windows, window, kStart), 1u) << spec.name;
    EXPECT_EQ(EventsAt(windows, window, kStart + spec.length - 1), 1u) << spec.name;
    EXPECT_EQ(EventsAt(windows, window, kStart + spec.length), 0u) << spec.name;
  }
}

TEST(RollingWindowsTest, CountsALateEventInEveryWindowThatStillCoversIt) {
  RollingWindows windows(Kind::kFlow);
  windows.Add(At(kStart, 1));
  windows.Add(At(kStart - 2 * 3'600, 10));  // two hours late
  EXPECT_EQ(ReadAt(windows, Window::k1m, kStart).first, 1);
  EXPECT_EQ(ReadAt(windows, Window::k5m, kStart).first, 1);
  EXPECT_EQ(ReadAt(windows, Window::k15m, kStart).first, 1);
  EXPECT_EQ(ReadAt(windows, Window::k1h, kStart).first, 1);
  EXPECT_EQ(ReadAt(windows, Window::k6h, kStart).first, 11);
  EXPECT_EQ(ReadAt(windows, Window::k24h, kStart).first, 11);
  EXPECT_EQ(ReadAt(windows, Window::k7d, kStart).first, 11);
  EXPECT_EQ(ReadAt(windows, Window::k30d, kStart).first, 11);
}

TEST(RollingWindowsTest, AnEventAheadOfTheClockCountsOnceTheWindowReachesItsBucket) {
  RollingWindows windows(Kind::kFlow);
  windows.Add(At(kStart + 30, 1));
  EXPECT_EQ(EventsAt(windows, Window::k1h, kStart), 1u);
  EXPECT_EQ(EventsAt(windows, Window::k1m, kStart), 0u);
  EXPECT_EQ(EventsAt(windows, Window::k1m, kStart + 29), 0u);
  EXPECT_EQ(EventsAt(windows, Window::k1m, kStart + 30), 1u);
}

TEST(RollingWindowsTest, AnEventAheadOfTheClockOverwritesNothingThatAWindowStillShows) {
  const std::int64_t ahead = limits::kMaxEventAhead.ToWholeSeconds();
  for (const Window window : kAllWindows) {
    const WindowSpec& spec = Spec(window);
    // The instants at which `now` and the event ahead stand differently to the bounds of buckets.
    for (const std::int64_t phase : {std::int64_t{0}, spec.bucket / 2, spec.bucket - ahead - 1,
                                     spec.bucket - ahead, spec.bucket - 1}) {
      if (phase < 0) continue;
      const std::int64_t now = kStart + phase;
      RollingWindows windows(Kind::kFlow);
      const std::int64_t oldest = kStart - spec.length + spec.bucket;
      for (std::int64_t time = oldest; time <= kStart; time += spec.bucket) {
        windows.Add(At(time, 1));
      }
      windows.Add(At(now + ahead, 1'000));
      const bool reached = (now + ahead) / spec.bucket == now / spec.bucket;
      EXPECT_EQ(ReadAt(windows, window, now).first,
                static_cast<double>(spec.BucketCount()) + (reached ? 1'000 : 0))
          << spec.name << " at phase " << phase;
    }
  }
}

TEST(RollingWindowsTest, ARingIsNoLongerThanAnEventAheadNeeds) {
  // One bucket further ahead than admission lets in, and the oldest one shown is taken over.
  for (const Window window : kAllWindows) {
    const WindowSpec& spec = Spec(window);
    RollingWindows windows(Kind::kFlow);
    const std::int64_t oldest = kStart - spec.length + spec.bucket;
    windows.Add(At(oldest, 1));
    windows.Add(At(oldest + (RingLength(spec) - 1) * spec.bucket, 1));
    EXPECT_EQ(EventsAt(windows, window, kStart), 1u) << spec.name;
    windows.Add(At(oldest + RingLength(spec) * spec.bucket, 1));
    EXPECT_EQ(EventsAt(windows, window, kStart), 0u) << spec.name;
  }
}

TEST(RollingWindowsTest, ALongSilenceClearsWhatItPassedOver) {
  RollingWindows windows(Kind::kRatio);
  for (std::int64_t minute = 0; minute < 24 * 60; ++minute) {
    windows.Add(At(kStart + 60 * minute, 1, 2));
  }
  const std::int64_t later = kStart + 400 * 86'400;
  windows.Add(At(later, 3, 4));
  for (const Window window : kAllWindows) {
    const Aggregate read = ReadAt(windows, window, later);
    EXPECT_EQ(read.events, 1u) << Spec(window).name;
    EXPECT_EQ(read.first, 3) << Spec(window).name;
    EXPECT_EQ(read.second, 4) << Spec(window).name;
  }
}

TEST(RollingWindowsTest, AnEventOlderThanTheRingIsIgnoredByThatWindowAlone) {
  RollingWindows windows(Kind::kFlow);
  windows.Add(At(kStart, 1));
  const std::int64_t age = RingLength(Spec(Window::k1m));  // seconds: its buckets are one each
  windows.Add(At(kStart - age, 10));
  EXPECT_EQ(ReadAt(windows, Window::k1m, kStart).first, 1);
  EXPECT_EQ(ReadAt(windows, Window::k1m, kStart - age).first, 0);
  EXPECT_EQ(ReadAt(windows, Window::k5m, kStart).first, 11);
}

TEST(RollingWindowsTest, BucketsBefore1970AreRoundedDown) {
  RollingWindows windows(Kind::kFlow);
  Event event = At(0, 1);
  event.time.nanos = -1;  // the last instant of second -1
  windows.Add(event);
  EXPECT_EQ(EventsAt(windows, Window::k1m, -1), 1u);
  EXPECT_EQ(EventsAt(windows, Window::k1m, -2), 0u);
  EXPECT_EQ(EventsAt(windows, Window::k1m, 58), 1u);
  EXPECT_EQ(EventsAt(windows, Window::k1m, 59), 0u);
  EXPECT_EQ(EventsAt(windows, Window::k30d, -21'600), 1u);
  EXPECT_EQ(EventsAt(windows, Window::k30d, -21'601), 0u);
}

TEST(RollingWindowsTest, ARatioKeepsItsParts) {
  RollingWindows windows(Kind::kRatio);
  windows.Add(At(kStart, 1, 2));
  windows.Add(At(kStart + 1, 90, 98));
  const Aggregate read = ReadAt(windows, Window::k1m, kStart + 1);
  EXPECT_EQ(read.first, 91);
  EXPECT_EQ(read.second, 100);
  EXPECT_TRUE(read.has_second);
  EXPECT_EQ(Value(Kind::kRatio, read), 0.91);
}

TEST(RollingWindowsTest, ADurationKeepsSumExtremesAndQuantiles) {
  RollingWindows windows(Kind::kDuration);
  windows.Add(At(kStart, 24));
  windows.Add(At(kStart + 70, 0));
  windows.Add(At(kStart + 70, 72));
  const Aggregate read = ReadAt(windows, Window::k5m, kStart + 70);
  EXPECT_EQ(Value(Kind::kDuration, read), 32.0);
  EXPECT_EQ(read.events, 3u);
  EXPECT_EQ(read.min, 0);
  EXPECT_EQ(read.max, 72);
  EXPECT_NEAR(*read.sketch.Quantile(0.5), 24, 0.24);
  const Aggregate minute = ReadAt(windows, Window::k1m, kStart + 70);
  EXPECT_EQ(minute.events, 2u);
  EXPECT_NEAR(*minute.sketch.Quantile(1), 72, 0.72);
}

TEST(RollingWindowsTest, BucketsOfAWindowStandOldestFirst) {
  RollingWindows windows(Kind::kDuration);
  windows.Add(At(kStart - 900, 5));
  windows.Add(At(kStart, 7));
  windows.Add(At(kStart + 899, 9));
  const std::vector<BucketValue> buckets =
      windows.ReadBuckets(Window::k24h, Timestamp::FromSeconds(kStart + 10));
  ASSERT_EQ(buckets.size(), 96u);
  for (std::size_t i = 0; i < 96; ++i) {
    EXPECT_EQ(buckets[i].start,
              Timestamp::FromSeconds(kStart - (95 - static_cast<std::int64_t>(i)) * 900));
    EXPECT_EQ(buckets[i].content.events, i == 95 ? 2u : i == 94 ? 1u : 0u);
  }
  EXPECT_EQ(buckets[94].content.max, 5);
  EXPECT_EQ(buckets[95].content.first, 16);
}

TEST(RollingWindowsTest, TheSameEventsInTheSameOrderGiveTheSameBytes) {
  for (const Kind kind : {Kind::kFlow, Kind::kRatio, Kind::kDuration}) {
    RollingWindows one(kind), other(kind);
    std::string one_bytes, other_bytes;
    for (int i = 0; i < 5'000; ++i) {
      const Event event = At(kStart + (i * 7'919) % 200'000, 0.1 * i, i);
      one.Add(event);
      other.Add(event);
    }
    one.EncodeTo(&one_bytes);
    other.EncodeTo(&other_bytes);
    EXPECT_EQ(one_bytes, other_bytes) << KindName(kind);
    other.Add(At(kStart + 200'000, 0, 0));
    other_bytes.clear();
    other.EncodeTo(&other_bytes);
    EXPECT_NE(one_bytes, other_bytes) << KindName(kind);
  }
}

TEST(RollingWindowsTest, MovingKeepsTheState) {
  RollingWindows windows(Kind::kFlow);
  windows.Add(At(kStart, 5));
  RollingWindows moved = std::move(windows);
  EXPECT_EQ(ReadAt(moved, Window::k1m, kStart).first, 5);
}

/// One event in every bucket of every window.
RollingWindows Full(Kind kind) {
  RollingWindows windows(kind);
  for (const Window window : kAllWindows) {
    const WindowSpec& spec = Spec(window);
    for (std::int64_t time = kStart - spec.length; time <= kStart + 60; time += spec.bucket) {
      windows.Add(At(time, 8, 9));
    }
  }
  return windows;
}

TEST(RollingWindowsTest, AFullSeriesStaysWithinItsMemory) {
  EXPECT_LE(Full(Kind::kFlow).HeapBytes(), 12u * 1'024);
  EXPECT_LE(Full(Kind::kRatio).HeapBytes(), 20u * 1'024);
  // One bin a bucket here; each further one takes 8 bytes.
  EXPECT_LE(Full(Kind::kDuration).HeapBytes(), 80u * 1'024);
  EXPECT_LE(sizeof(RollingWindows), 32u);
}

TEST(RollingWindowsTest, ACountStopsAtItsLargestValue) {
  auto count = std::bit_cast<SaturatingCount>(0xFFFF'FFFEu);
  count.Increment();
  EXPECT_EQ(count.Get(), 0xFFFF'FFFFu);
  count.Increment();
  EXPECT_EQ(count.Get(), 0xFFFF'FFFFu);
}

}  // namespace
}  // namespace iocd::domain
