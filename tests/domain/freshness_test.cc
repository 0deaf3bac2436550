#include "domain/freshness.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

/// What a department owes for Tuesday 5 March 2024: by 17:00, taken through Wednesday.
Obligation OfTuesday() {
  return {
      DueTimesOf(DefaultDueRule(Cadence::kDaily), Named("2024-03-05"), Spring2024()), {}, false};
}

std::string NameAt(const Obligation& obligation, Timestamp now) {
  return std::string(FreshnessName(FreshnessOf(obligation, now)));
}

Timestamp JustBefore(Timestamp time) { return {time.nanos - 1}; }

TEST(FreshnessTest, WhatHasNotComeIsDueThenLateThenMissing) {
  const Obligation owed = OfTuesday();
  EXPECT_EQ(NameAt(owed, JustBefore(At("2024-03-05", 0, 0))), "fresh");  // nothing owed yet
  EXPECT_EQ(NameAt(owed, At("2024-03-05", 0, 0)), "due");
  EXPECT_EQ(NameAt(owed, JustBefore(At("2024-03-05", 17, 0))), "due");
  EXPECT_EQ(NameAt(owed, At("2024-03-05", 17, 0)), "late");
  EXPECT_EQ(NameAt(owed, JustBefore(At("2024-03-07", 0, 0))), "late");
  EXPECT_EQ(NameAt(owed, At("2024-03-07", 0, 0)), "missing");
  EXPECT_EQ(NameAt(owed, At("2034-03-07", 0, 0)), "missing");
}

TEST(FreshnessTest, DaysOfGraceAreNotLate) {
  const Obligation owed{
      DueTimesOf(DefaultDueRule(Cadence::kMonthly), Named("2024-01"), Spring2024()), {}, false};
  EXPECT_EQ(NameAt(owed, At("2024-01-31", 12, 0)), "fresh");
  EXPECT_EQ(NameAt(owed, At("2024-02-07", 18, 0)), "due");  // past due, within grace
  EXPECT_EQ(NameAt(owed, JustBefore(At("2024-02-16", 17, 0))), "due");
  EXPECT_EQ(NameAt(owed, At("2024-02-16", 17, 0)), "late");
  EXPECT_FALSE(CountsAsLate(owed, JustBefore(At("2024-02-16", 17, 0))));
}

TEST(FreshnessTest, WhatHasComeIsFreshFromThenOn) {
  Obligation owed = OfTuesday();
  for (const Timestamp received :
       {At("2024-03-05", 9, 0), At("2024-03-06", 9, 0), At("2024-03-20", 9, 0)}) {
    owed.received = received;
    EXPECT_NE(NameAt(owed, JustBefore(received)), "fresh");
    EXPECT_EQ(NameAt(owed, received), "fresh");
    EXPECT_EQ(NameAt(owed, At("2025-01-01", 0, 0)), "fresh");
  }
}

TEST(FreshnessTest, WhatCameLateCountsAsLateForever) {
  Obligation owed = OfTuesday();
  owed.received = At("2024-03-05", 17, 0);
  EXPECT_TRUE(CountsAsLate(owed, At("2024-03-05", 17, 0)));
  EXPECT_TRUE(CountsAsLate(owed, At("2034-01-01", 0, 0)));
  EXPECT_EQ(NameAt(owed, At("2034-01-01", 0, 0)), "fresh");
  owed.received = JustBefore(*owed.received);
  EXPECT_FALSE(CountsAsLate(owed, At("2034-01-01", 0, 0)));
}

TEST(FreshnessTest, WhatHasNotComeCountsOnceItIsLate) {
  const Obligation owed = OfTuesday();
  EXPECT_FALSE(CountsAsLate(owed, JustBefore(At("2024-03-05", 17, 0))));
  EXPECT_TRUE(CountsAsLate(owed, At("2024-03-05", 17, 0)));
  EXPECT_TRUE(CountsAsLate(owed, At("2024-04-01", 0, 0)));
}

TEST(FreshnessTest, AWaiverLetsOffTheStateAndTheCount) {
  Obligation owed = OfTuesday();
  owed.waived = true;
  EXPECT_EQ(NameAt(owed, At("2024-03-06", 9, 0)), "waived");
  EXPECT_FALSE(CountsAsLate(owed, At("2024-03-06", 9, 0)));
  owed.received = At("2024-03-06", 9, 0);
  EXPECT_EQ(NameAt(owed, At("2024-03-06", 9, 0)), "waived");
  EXPECT_FALSE(CountsAsLate(owed, At("2024-03-06", 9, 0)));
}

TEST(FreshnessTest, NothingIsEverLateOnADayThatIsNotWorked) {
  const Obligation saturday{
      DueTimesOf(DefaultDueRule(Cadence::kDaily), Named("2024-03-09"), Spring2024()), {}, false};
  for (const char* day : {"2024-03-09", "2024-03-11", "2024-03-12", "2024-06-01"}) {
    EXPECT_EQ(NameAt(saturday, At(day, 18, 0)), "fresh") << day;
    EXPECT_FALSE(CountsAsLate(saturday, At(day, 18, 0))) << day;
  }
}

std::string RealtimeAt(Timestamp heard, Timestamp now, bool waived = false) {
  const Duration two_hours = Duration::Seconds(7'200);
  return std::string(FreshnessName(RealtimeFreshness(two_hours, Spring2024(), heard, waived, now)));
}

TEST(FreshnessTest, SilenceCountsWithinWorkingHoursOnly) {
  const Timestamp heard = At("2024-03-05", 11, 0);
  EXPECT_EQ(RealtimeAt(heard, heard), "fresh");
  EXPECT_EQ(RealtimeAt(heard, At("2024-03-05", 15, 0)), "fresh");  // exactly two hours
  EXPECT_EQ(RealtimeAt(heard, {At("2024-03-05", 15, 0).nanos + 1}), "late");
  EXPECT_EQ(RealtimeAt(At("2024-02-07", 16, 0), At("2024-02-15", 8, 30)), "fresh");  // Tết
  EXPECT_EQ(RealtimeAt(At("2024-02-07", 16, 0), At("2024-02-15", 8, 31)), "late");
}

TEST(FreshnessTest, SilenceToTheEndOfTheWorkingDayIsMissing) {
  const Timestamp heard = At("2024-03-05", 11, 0);
  EXPECT_EQ(RealtimeAt(heard, JustBefore(At("2024-03-05", 17, 0))), "late");
  EXPECT_EQ(RealtimeAt(heard, At("2024-03-05", 17, 0)), "missing");
  EXPECT_EQ(RealtimeAt(heard, At("2024-03-06", 9, 0)), "missing");
}

TEST(FreshnessTest, SilenceThatIsTooLongOnlyTheNextDayIsLateThatDay) {
  const Timestamp heard = At("2024-03-05", 15, 0);  // two hours before the close
  EXPECT_EQ(RealtimeAt(heard, At("2024-03-05", 23, 0)), "fresh");
  EXPECT_EQ(RealtimeAt(heard, At("2024-03-06", 7, 30)), "fresh");
  EXPECT_EQ(RealtimeAt(heard, At("2024-03-06", 7, 31)), "late");
  EXPECT_EQ(RealtimeAt(heard, At("2024-03-06", 17, 0)), "missing");
}

TEST(FreshnessTest, AWaiverLetsOffSilence) {
  EXPECT_EQ(RealtimeAt(At("2020-01-01", 0, 0), At("2024-03-06", 17, 0), true), "waived");
}

}  // namespace
}  // namespace iocd::domain
