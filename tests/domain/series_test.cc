#include "domain/series.h"

#include <gtest/gtest.h>

#include <string>

namespace iocd::domain {
namespace {

constexpr std::int64_t kStart = 1'714'780'800;

Event At(std::int64_t seconds, double first, double second = 0, bool has_second = false) {
  Event event;
  event.time = Timestamp::FromSeconds(seconds);
  event.first = first;
  event.second = second;
  event.has_second = has_second;
  return event;
}

std::string Bytes(const Series& series) {
  std::string bytes;
  series.EncodeTo(&bytes);
  return bytes;
}

TEST(SeriesTest, HasNothingBeforeTheFirstEvent) {
  EXPECT_FALSE(Series(Kind::kStock).Latest().HasValue());
  EXPECT_FALSE(Series(Kind::kStock).LastEventTime());
  EXPECT_FALSE(
      Series(Kind::kFlow).InWindow(Window::k30d, Timestamp::FromSeconds(kStart)).HasValue());
}

TEST(SeriesTest, AnOlderEventThanTheLatestDoesNotTakeItsPlace) {
  Series series(Kind::kStock);
  series.Apply(At(kStart, 12), Timestamp::FromSeconds(kStart));
  series.Apply(At(kStart - 1, 99), Timestamp::FromSeconds(kStart));
  EXPECT_EQ(series.Latest().first, 12);
  EXPECT_EQ(series.Latest().time, Timestamp::FromSeconds(kStart));
  EXPECT_EQ(series.LastEventTime(), Timestamp::FromSeconds(kStart));
}

TEST(SeriesTest, AmongEqualTimesTheLaterAppliedWins) {
  Series series(Kind::kRank);
  series.Apply(At(kStart, 42), Timestamp::FromSeconds(kStart));
  series.Apply(At(kStart, 40), Timestamp::FromSeconds(kStart));
  EXPECT_EQ(series.Latest().first, 40);
  EXPECT_EQ(series.Latest().events, 1u);
}

TEST(SeriesTest, TheLatestValueStaysHoweverOldItIs) {
  Series series(Kind::kStock);
  series.Apply(At(-1'000'000, 12), Timestamp::FromSeconds(kStart));
  EXPECT_EQ(series.Latest().first, 12);
  EXPECT_EQ(series.Latest().time, Timestamp::FromSeconds(-1'000'000));
}

TEST(SeriesTest, ACoverageKeepsWhetherItCameInParts) {
  Series series(Kind::kCoverage);
  series.Apply(At(kStart, 10, 40, true), Timestamp::FromSeconds(kStart));
  EXPECT_TRUE(series.Latest().has_second);
  EXPECT_EQ(Value(Kind::kCoverage, series.Latest()), 0.25);
  series.Apply(At(kStart + 1, 0.4782), Timestamp::FromSeconds(kStart));
  EXPECT_FALSE(series.Latest().has_second);
  EXPECT_EQ(Value(Kind::kCoverage, series.Latest()), 0.4782);
}

TEST(SeriesTest, AScoreKeepsItsWeight) {
  Series series(Kind::kScore);
  series.Apply(At(kStart, 87.5, 4), Timestamp::FromSeconds(kStart));
  EXPECT_EQ(series.Latest().second, 4);
  EXPECT_TRUE(series.Latest().has_second);
}

TEST(SeriesTest, AFlowLivesInItsWindowsAndRemembersItsNewestEvent) {
  Series series(Kind::kFlow);
  series.Apply(At(kStart, 3), Timestamp::FromSeconds(kStart));
  series.Apply(At(kStart - 30, 4), Timestamp::FromSeconds(kStart));
  const Timestamp now = Timestamp::FromSeconds(kStart + 5);
  EXPECT_EQ(series.InWindow(Window::k1m, now).first, 7);
  EXPECT_EQ(series.Buckets(Window::k1m, now).size(), 60u);
  EXPECT_EQ(series.LastEventTime(), Timestamp::FromSeconds(kStart));
}

TEST(SeriesTest, DifferentStatesAppendDifferentBytes) {
  Series stock(Kind::kStock), rank(Kind::kRank);
  EXPECT_NE(Bytes(stock), Bytes(rank));
  const std::string empty = Bytes(stock);
  stock.Apply(At(0, 0), Timestamp::FromSeconds(kStart));
  EXPECT_NE(Bytes(stock), empty);
  Series bare(Kind::kCoverage), in_parts(Kind::kCoverage);
  bare.Apply(At(kStart, 1, 0, false), Timestamp::FromSeconds(kStart));
  in_parts.Apply(At(kStart, 1, 0, true), Timestamp::FromSeconds(kStart));
  EXPECT_NE(Bytes(bare), Bytes(in_parts));
}

TEST(SeriesTest, AnIdleSeriesIsSmall) {
  for (const Kind kind : {Kind::kFlow, Kind::kRatio, Kind::kDuration, Kind::kStock}) {
    EXPECT_LE(sizeof(Series) + Series(kind).HeapBytes(), 256u) << KindName(kind);
  }
}

}  // namespace
}  // namespace iocd::domain
