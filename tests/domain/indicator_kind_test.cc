#include "domain/indicator_kind.h"

#include <gtest/gtest.h>

namespace iocd::domain {
namespace {

TEST(IndicatorKindTest, NamesOfKindsAreReadAsTheyAreWritten) {
  int kinds = 0;
  for (const char* name :
       {"flow", "ratio", "duration", "stock", "coverage", "score", "rank", "reported", "worst"}) {
    const std::optional<Kind> kind = ParseKind(name);
    ASSERT_TRUE(kind) << name;
    EXPECT_EQ(KindName(*kind), name);
    EXPECT_EQ(static_cast<int>(*kind), ++kinds) << "numbers stand in the event log";
  }
  EXPECT_FALSE(ParseKind("Flow"));
  EXPECT_FALSE(ParseKind(""));
}

TEST(IndicatorKindTest, NamesOfDirectionsAreReadAsTheyAreWritten) {
  for (const char* name : {"none", "higher", "lower"}) {
    const std::optional<Direction> direction = ParseDirection(name);
    ASSERT_TRUE(direction) << name;
    EXPECT_EQ(DirectionName(*direction), name);
  }
  EXPECT_FALSE(ParseDirection("up"));
}

TEST(IndicatorKindTest, NamesOfWindowsAreReadAsTheyAreWritten) {
  for (const Window window : kAllWindows) EXPECT_EQ(ParseWindow(Spec(window).name), window);
  EXPECT_FALSE(ParseWindow("2h"));
  EXPECT_FALSE(ParseWindow(kLatestWindowName)) << "not a rolling window";
}

TEST(IndicatorKindTest, BucketsDivideTheirWindowAndTheNextBucket) {
  for (std::size_t w = 0; w < kWindowCount; ++w) {
    EXPECT_EQ(kWindowSpecs[w].length % kWindowSpecs[w].bucket, 0) << kWindowSpecs[w].name;
    if (w + 1 < kWindowCount) {
      EXPECT_EQ(kWindowSpecs[w + 1].bucket % kWindowSpecs[w].bucket, 0) << kWindowSpecs[w].name;
    }
  }
}

TEST(IndicatorKindTest, OnlyFlowRatioAndDurationLiveInWindows) {
  EXPECT_TRUE(IsWindowed(Kind::kFlow));
  EXPECT_TRUE(IsWindowed(Kind::kRatio));
  EXPECT_TRUE(IsWindowed(Kind::kDuration));
  for (const Kind kind :
       {Kind::kStock, Kind::kCoverage, Kind::kScore, Kind::kRank, Kind::kReported, Kind::kWorst}) {
    EXPECT_FALSE(IsWindowed(kind)) << KindName(kind);
  }
}

}  // namespace
}  // namespace iocd::domain
