#include "standing/standing_keeper.h"

#include <gtest/gtest.h>

#include <vector>

#include "exposition/populated_engine.h"
#include "support/manual_clock.h"

namespace iocd::standing {
namespace {

using iocd::testing::kNow;

class StandingKeeperTest : public ::testing::Test {
 protected:
  StandingKeeperTest() {
    keeper_.AddListener([this](const StandingPtr& standing, Duration took) {
      told_.push_back(standing);
      took_.push_back(took);
    });
  }

  iocd::testing::EngineHarness& harness() { return populated_.harness(); }
  /// Department c's flow: nothing has come of it before.
  void Push(std::uint64_t sequence) {
    const auto event = harness().Event("c", "flow", clock_.Now(), 2);
    EXPECT_TRUE(
        harness()
            .Push(harness().MakeBatch("test", eventlog::Sequence{sequence}, {event}, clock_.Now()))
            .ok());
  }
  /// The province's flow, as it was told last.
  std::optional<double> Flow() const { return told_.back()->indicators.front().value; }

  iocd::testing::PopulatedEngine populated_;
  iocd::testing::ManualClock clock_{kNow};
  Duration worked_{};
  StandingKeeper keeper_{harness().engine(), clock_, [this] { return worked_; }};
  std::vector<StandingPtr> told_;
  std::vector<Duration> took_;
};

TEST_F(StandingKeeperTest, TellsHowEverythingStandsAtTheFirstLook) {
  keeper_.Look();
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0]->now, kNow);
  EXPECT_EQ(Flow(), 12);
}

TEST_F(StandingKeeperTest, TellsNothingWhileNothingIsAppliedUntilASecondHasPassed) {
  keeper_.Look();
  clock_.Advance({999'999'999});
  keeper_.Look();
  EXPECT_EQ(told_.size(), 1u);
  clock_.Advance({1});
  keeper_.Look();
  ASSERT_EQ(told_.size(), 2u);
  EXPECT_EQ(told_[1]->now, kNow + Duration::Seconds(1));
}

TEST_F(StandingKeeperTest, TellsWhatWasAppliedAtTheNextLook) {
  keeper_.Look();
  Push(2);
  keeper_.Look();
  ASSERT_EQ(told_.size(), 2u);
  EXPECT_EQ(Flow(), 14);
}

TEST_F(StandingKeeperTest, ARepeatThatChangesNothingIsNoReason) {
  Push(2);
  keeper_.Look();
  Push(2);
  keeper_.Look();
  EXPECT_EQ(told_.size(), 1u);
}

TEST_F(StandingKeeperTest, AnotherCatalogueIsAReason) {
  keeper_.Look();
  ASSERT_TRUE(harness().ChangeCatalogue(iocd::testing::TestCatalogueData()).ok());
  keeper_.Look();
  ASSERT_EQ(told_.size(), 2u);
  EXPECT_EQ(told_[1]->catalogue, harness().engine().catalogue());
  EXPECT_TRUE(told_[1]->targets.empty());
}

TEST_F(StandingKeeperTest, WorkOfListenersCountsAndWaitingDoesNot) {
  keeper_.AddListener([this](const StandingPtr&, Duration) {
    worked_.nanos += 5'000'000;
    clock_.Advance({30'000'000});
  });
  keeper_.Look();
  Push(2);
  clock_.Advance({69'999'999});
  keeper_.Look();
  EXPECT_EQ(told_.size(), 1u)
      << "it worked for 5 ms, so the next is due 100 ms after its beginning";
  clock_.Advance({1});
  keeper_.Look();
  EXPECT_EQ(told_.size(), 2u);
  EXPECT_EQ(took_.back(), Duration{}) << "what is told is the time of reading alone";
}

TEST_F(StandingKeeperTest, AWallClockThatIsSetBackDelaysNothing) {
  keeper_.Look();
  clock_.Jump({-Duration::Days(1).nanos});
  clock_.Advance(Duration::Seconds(1));
  keeper_.Look();
  EXPECT_EQ(told_.size(), 2u);
}

}  // namespace
}  // namespace iocd::standing
