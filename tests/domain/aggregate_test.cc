#include "domain/aggregate.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace iocd::domain {
namespace {

Aggregate Of(double first, std::int64_t seconds = 0) {
  Aggregate aggregate;
  aggregate.events = 1;
  aggregate.first = first;
  aggregate.time = Timestamp::FromSeconds(seconds);
  return aggregate;
}

Aggregate OfParts(double first, double second, std::int64_t seconds = 0) {
  Aggregate aggregate = Of(first, seconds);
  aggregate.second = second;
  aggregate.has_second = true;
  return aggregate;
}

Aggregate OfSamples(const std::vector<double>& samples) {
  Aggregate aggregate;
  aggregate.min = samples.front();
  aggregate.max = samples.front();
  for (const double sample : samples) {
    ++aggregate.events;
    aggregate.first += sample;
    aggregate.min = std::min(aggregate.min, sample);
    aggregate.max = std::max(aggregate.max, sample);
    aggregate.sketch.Add(sample);
  }
  return aggregate;
}

Aggregate CombineAll(Kind kind, const std::vector<Aggregate>& parts,
                     Direction direction = Direction::kHigher) {
  return Combine(kind, direction, parts);
}

TEST(AggregateTest, AnAggregateWithoutEventsHasNoValue) {
  for (const Kind kind : {Kind::kFlow, Kind::kRatio, Kind::kDuration, Kind::kCoverage}) {
    EXPECT_FALSE(Value(kind, Aggregate())) << KindName(kind);
  }
}

TEST(AggregateTest, ADenominatorOfZeroGivesNoValue) {
  EXPECT_FALSE(Value(Kind::kRatio, OfParts(0, 0)));
  EXPECT_FALSE(Value(Kind::kRatio, OfParts(3, 0)));
  EXPECT_FALSE(Value(Kind::kCoverage, OfParts(0, 0)));
  EXPECT_EQ(Value(Kind::kRatio, OfParts(0, 5)), 0.0);
}

TEST(AggregateTest, PublishedFractionsStayWhatTheyAre) {
  EXPECT_EQ(Value(Kind::kRatio, OfParts(4'782, 10'000)), 0.4782);
  EXPECT_EQ(Value(Kind::kCoverage, OfParts(4'856, 10'000)), 0.4856);
  EXPECT_EQ(Value(Kind::kCoverage, Of(0.4782)), 0.4782);
  const std::vector<Aggregate> equal_scores(3, OfParts(0.4782, 7));
  EXPECT_EQ(Value(Kind::kScore, CombineAll(Kind::kScore, equal_scores)), 0.4782);
}

TEST(AggregateTest, ASumThatNoDoubleHoldsIsNoValue) {
  const double huge = std::numeric_limits<double>::max();
  EXPECT_FALSE(Value(Kind::kFlow, CombineAll(Kind::kFlow, {Of(huge), Of(huge)})));
}

TEST(AggregateTest, FlowsAndStocksAdd) {
  for (const Kind kind : {Kind::kFlow, Kind::kStock}) {
    const Aggregate sum = CombineAll(kind, {Of(3), Aggregate(), Of(4.5)});
    EXPECT_EQ(Value(kind, sum), 7.5);
    EXPECT_EQ(sum.events, 2u);
  }
}

TEST(AggregateTest, RatiosAddTheirPartsAndNeverAverage) {
  // 1 of 2 and 90 of 98: 91%, where the mean of the percentages would be 71%.
  const Aggregate sum = CombineAll(Kind::kRatio, {OfParts(1, 2), OfParts(90, 98)});
  EXPECT_EQ(Value(Kind::kRatio, sum), 0.91);
  EXPECT_EQ(sum.first, 91);
  EXPECT_EQ(sum.second, 100);
  EXPECT_TRUE(sum.has_second);
}

TEST(AggregateTest, DurationsMergeIntoTheDurationsOfAllSamples) {
  const Aggregate merged =
      CombineAll(Kind::kDuration, {OfSamples({8, 2}), Aggregate(), OfSamples({20, 10, 0})});
  EXPECT_EQ(Value(Kind::kDuration, merged), 8.0);  // 40 / 5
  EXPECT_EQ(merged.events, 5u);
  EXPECT_EQ(merged.min, 0);
  EXPECT_EQ(merged.max, 20);
  EXPECT_EQ(merged.sketch, OfSamples({0, 2, 8, 10, 20}).sketch);
}

TEST(AggregateTest, CoveragesInPartsAddAndABareFractionDoesNotRollUp) {
  const Aggregate sum = CombineAll(Kind::kCoverage, {OfParts(10, 40), OfParts(5, 10)});
  EXPECT_EQ(Value(Kind::kCoverage, sum), 0.3);
  EXPECT_FALSE(CombineAll(Kind::kCoverage, {OfParts(10, 40), Of(0.5)}).HasValue());
  EXPECT_FALSE(CombineAll(Kind::kCoverage, {Of(0.5)}).HasValue());
}

TEST(AggregateTest, ScoresGiveTheWeightedMean) {
  const Aggregate mean = CombineAll(Kind::kScore, {OfParts(80, 1), OfParts(90, 3)});
  EXPECT_EQ(Value(Kind::kScore, mean), 87.5);
  EXPECT_EQ(mean.second, 4);
  // Means of means weigh as all scores together.
  EXPECT_EQ(Value(Kind::kScore, CombineAll(Kind::kScore, {mean, OfParts(47.5, 4)})), 67.5);
}

TEST(AggregateTest, ScoresWithoutAnyWeightHaveNoMean) {
  EXPECT_FALSE(CombineAll(Kind::kScore, {OfParts(80, 0), OfParts(90, 0)}).HasValue());
}

TEST(AggregateTest, WorstFollowsTheDirection) {
  const std::vector<Aggregate> parts = {Of(0.4), Aggregate(), Of(0.2), Of(0.7)};
  EXPECT_EQ(Value(Kind::kWorst, Combine(Kind::kWorst, Direction::kHigher, parts)), 0.2);
  EXPECT_EQ(Value(Kind::kWorst, Combine(Kind::kWorst, Direction::kLower, parts)), 0.7);
  EXPECT_FALSE(Combine(Kind::kWorst, Direction::kNone, parts).HasValue());
}

TEST(AggregateTest, RanksAndReportedValuesDoNotCombine) {
  EXPECT_FALSE(CombineAll(Kind::kRank, {Of(1), Of(2)}).HasValue());
  EXPECT_FALSE(CombineAll(Kind::kReported, {Of(1)}).HasValue());
}

TEST(AggregateTest, ACombinationIsAsOldAsItsOldestValue) {
  for (const Kind kind : {Kind::kStock, Kind::kCoverage, Kind::kScore, Kind::kWorst}) {
    const Aggregate combined =
        CombineAll(kind, {OfParts(1, 2, 300), Aggregate(), OfParts(1, 2, 100), OfParts(1, 2, 200)});
    EXPECT_EQ(combined.time, Timestamp::FromSeconds(100)) << KindName(kind);
    EXPECT_EQ(combined.events, 3u) << KindName(kind);
  }
}

TEST(AggregateTest, NothingCombinesToNothing) {
  for (const Kind kind : {Kind::kFlow, Kind::kRatio, Kind::kDuration, Kind::kStock, Kind::kCoverage,
                          Kind::kScore, Kind::kRank, Kind::kReported, Kind::kWorst}) {
    EXPECT_FALSE(CombineAll(kind, {}).HasValue()) << KindName(kind);
    EXPECT_FALSE(CombineAll(kind, {Aggregate(), Aggregate()}).HasValue()) << KindName(kind);
  }
}

}  // namespace
}  // namespace iocd::domain
