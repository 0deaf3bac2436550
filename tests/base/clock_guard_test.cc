#include "base/clock_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"
#include "support/manual_clock.h"

namespace iocd {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// 2023-11-15 05:13:20+07:00
const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);
constexpr Duration kMinute = Duration::Seconds(60);
constexpr Duration kHour = Duration::Seconds(3'600);

constexpr Duration Back(Duration by) { return {-by.nanos}; }

class ClockGuardTest : public ::testing::Test {
 protected:
  ClockGuardTest() { guard_.LogHolds(std::nullopt); }

  bool Believed() { return guard_.Check(clock_.ReadBoth()).ok(); }
  std::string Sentence() { return std::string(guard_.Check(clock_.ReadBoth()).message()); }

  /// So many seconds pass, with a look each second; in each the wall clock runs ahead by `slew`.
  void Pass(int seconds, Duration slew = {}) {
    for (int i = 0; i < seconds; ++i) {
      clock_.Advance(Duration::Seconds(1));
      clock_.Jump(slew);
      guard_.Check(clock_.ReadBoth()).IgnoreError();
    }
  }

  iocd::testing::ManualClock clock_{kNow};
  ClockGuard guard_;
};

TEST_F(ClockGuardTest, BelievesAClockThatGoesAsTimePasses) {
  EXPECT_TRUE(Believed());
  clock_.Advance(Duration::Days(365));
  EXPECT_TRUE(Believed());
}

TEST_F(ClockGuardTest, BelievesNothingBeforeTheLogWasRead) {
  ClockGuard starting;
  const absl::Status early = starting.Check(clock_.ReadBoth());
  EXPECT_TRUE(absl::IsUnavailable(early));
  EXPECT_THAT(std::string(early.message()), HasSubstr("the daemon is starting"));
}

TEST_F(ClockGuardTest, DoubtsAJumpOfMoreThanAMinuteInEitherDirection) {
  ASSERT_TRUE(Believed());
  clock_.Jump(kMinute);
  EXPECT_TRUE(Believed());
  clock_.Jump({1});
  EXPECT_FALSE(Believed());
  clock_.Jump(Back(kMinute));
  clock_.Jump(Back(kMinute));
  EXPECT_TRUE(Believed()) << "it is back where it should be, as far as that is asked";
  clock_.Jump(Back({2}));
  EXPECT_FALSE(Believed());
}

TEST_F(ClockGuardTest, SaysWhatDiffersByHowMuchAndWhatToDo) {
  ASSERT_TRUE(Believed());
  clock_.Jump(Back(kHour));
  EXPECT_EQ(Sentence(),
            "the daemon's clock is in doubt: it says 2023-11-15 04:13:20+07:00, 1 h 0 min behind "
            "the time that has passed since boot, by which it is 2023-11-15 05:13:20+07:00; until "
            "it is set right, or confirmed with 'iocctl clock confirm', nothing is taken: repeat "
            "the same later");
  clock_.Jump(Duration::Days(3));
  EXPECT_THAT(Sentence(), HasSubstr("2 days 23 h ahead of the time that has passed since boot"));
  guard_.Taken(kNow + Duration::Days(3));
  EXPECT_THAT(Sentence(),
              HasSubstr("1 h 0 min before the newest batch in its log arrived, 2023-11-18"));
}

TEST_F(ClockGuardTest, StaysInDoubtHoweverLongAJumpLasts) {
  ASSERT_TRUE(Believed());
  clock_.Jump(Duration::Seconds(61));
  Pass(10'000);
  EXPECT_FALSE(Believed()) << "a jump must not be taken for slow drift with time";
  clock_.Jump(Back(Duration::Seconds(30)));
  EXPECT_TRUE(Believed());
  clock_.Jump(Duration::Seconds(40));
  EXPECT_FALSE(Believed()) << "nor may the doubt leave room for another";
}

TEST_F(ClockGuardTest, FollowsAClockThatIsSlewed) {
  ASSERT_TRUE(Believed());
  constexpr Duration kMillisecond{1'000'000};
  Pass(200'000, kMillisecond);
  EXPECT_TRUE(Believed()) << "200 s of drift in small steps";
  clock_.Jump(kMinute);
  EXPECT_TRUE(Believed());
  clock_.Jump(Duration::Seconds(1));
  EXPECT_FALSE(Believed()) << "it is held against where it had drifted to";
}

TEST_F(ClockGuardTest, FollowsASlewAlsoWhenItLooksVeryOften) {
  ASSERT_TRUE(Believed());
  constexpr Duration kOften{100'000}, kDrift{100};
  for (int i = 0; i < 1'000'000; ++i) {
    clock_.Advance(kOften);
    clock_.Jump(kDrift);
    ASSERT_TRUE(Believed());
  }
  const ClockReading now = clock_.ReadBoth();
  EXPECT_LT((now.wall - *guard_.Expected(now)).nanos, Duration::Seconds(1).nanos / 100);
}

TEST_F(ClockGuardTest, AddsUpSmallJumps) {
  ASSERT_TRUE(Believed());
  for (int i = 0; i < 6; ++i) {
    clock_.Jump(Back(Duration::Seconds(11)));
    Pass(100);
  }
  EXPECT_FALSE(Believed());
}

TEST_F(ClockGuardTest, TakesNoSleepOfTheMachineForAJump) {
  ASSERT_TRUE(Believed());
  clock_.Advance(Duration::Days(3));  // both clocks count while it sleeps
  EXPECT_TRUE(Believed());
}

TEST_F(ClockGuardTest, DoubtsAStartBehindTheLogUntilTheClockHasPassedIt) {
  guard_.LogHolds(kNow + kMinute);
  EXPECT_TRUE(Believed());
  guard_.LogHolds(kNow + kHour);
  EXPECT_FALSE(Believed());
}

// The clock of a machine that boots without a battery is set right by a jump.
TEST_F(ClockGuardTest, AfterAStartBehindTheLogTheJumpThatSetsTheClockRightIsNoDoubt) {
  guard_.LogHolds(kNow + Duration::Days(900));
  EXPECT_THAT(Sentence(), HasSubstr("900 days 0 h before the newest batch in its log arrived"));
  EXPECT_EQ(guard_.Expected(clock_.ReadBoth()), std::nullopt);
  clock_.Jump(Duration::Days(901));
  EXPECT_TRUE(Believed());
  clock_.Jump(Duration::Seconds(61));
  EXPECT_FALSE(Believed()) << "from there on it is held against the time since boot";
}

TEST_F(ClockGuardTest, DoubtsAClockBehindABatchThatWasTaken) {
  ASSERT_TRUE(Believed());
  clock_.Jump(Duration::Seconds(50));
  guard_.Taken(clock_.Now());
  clock_.Jump(Back(Duration::Seconds(100)));
  EXPECT_THAT(Sentence(), StartsWith("the daemon's clock is in doubt"));
}

TEST_F(ClockGuardTest, AConfirmedTimeIsBelievedAndHeldAgainstFromThereOn) {
  guard_.LogHolds(kNow + Duration::Days(900));
  ASSERT_FALSE(Believed());
  guard_.Confirm(clock_.ReadBoth());
  EXPECT_TRUE(Believed()) << "what the log held before is no longer held against it";
  guard_.Taken(clock_.Now());
  EXPECT_TRUE(Believed());

  clock_.Jump(Back(kHour));
  ASSERT_FALSE(Believed());
  guard_.Confirm(clock_.ReadBoth());
  EXPECT_TRUE(Believed());
  clock_.Jump(kHour);
  EXPECT_FALSE(Believed());
}

/// Between asking the one clock and the other the machine slept.
class SleepyClock final : public Clock {
 public:
  Timestamp Now() const override {
    if (asked_++ == 0) boot_ = boot_ + Duration::Seconds(7'200);
    return kNow + Duration::Seconds(7'200);
  }
  Duration SinceBoot() const override { return boot_ - Timestamp{}; }

 private:
  mutable int asked_ = 0;
  mutable Timestamp boot_;
};

TEST(ClockTest, ReadsBothClocksAtOneMoment) {
  const SleepyClock clock;
  const ClockReading reading = clock.ReadBoth();
  EXPECT_EQ(reading.since_boot, Duration::Seconds(7'200));
  EXPECT_EQ(reading.wall, kNow + Duration::Seconds(7'200));
}

}  // namespace
}  // namespace iocd
