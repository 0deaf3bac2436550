#include "standing/pace.h"

#include <gtest/gtest.h>

namespace iocd::standing {
namespace {

constexpr Duration Millis(std::int64_t millis) { return {millis * 1'000'000}; }

TEST(PaceTest, TheFirstIsTakenAtOnce) {
  EXPECT_EQ(Pace().Next(/*changed=*/false), Duration{});
  EXPECT_EQ(Pace().Next(/*changed=*/true), Duration{});
}

TEST(PaceTest, WithoutAChangeOneIsTakenASecondAfterTheOneBeforeBegan) {
  Pace pace;
  pace.Took(Millis(10'000), Millis(3));
  EXPECT_EQ(pace.Next(/*changed=*/false), Millis(11'000));
}

TEST(PaceTest, AChangeWaitsOnlyUntilATwentiethIsKept) {
  Pace pace;
  pace.Took(Millis(10'000), Millis(3));
  EXPECT_EQ(pace.Next(/*changed=*/true), Millis(10'060));
}

TEST(PaceTest, ATwentiethIsKeptAlsoWhereThatIsLessThanOneASecond) {
  Pace pace;
  pace.Took(Millis(10'000), Millis(80));
  EXPECT_EQ(pace.Next(/*changed=*/true), Millis(11'600));
  EXPECT_EQ(pace.Next(/*changed=*/false), Millis(11'600));
}

TEST(PaceTest, NoRunOfChangesTakesMoreThanATwentieth) {
  Pace pace;
  Duration now = Millis(10'000), worked{};
  for (const std::int64_t cost : {1, 7, 60, 2, 150, 3, 3, 90}) {
    now = pace.Next(/*changed=*/true) > now ? pace.Next(/*changed=*/true) : now;
    pace.Took(now, Millis(cost));
    worked.nanos += Millis(cost).nanos;
    now = {now.nanos + Millis(cost).nanos};
  }
  const std::int64_t passed = pace.Next(/*changed=*/true).nanos - Millis(10'000).nanos;
  EXPECT_LE(worked.nanos * Pace::kShare, passed);
}

}  // namespace
}  // namespace iocd::standing
