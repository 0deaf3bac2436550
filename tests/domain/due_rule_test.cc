#include "domain/due_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

using ::testing::HasSubstr;

constexpr Cadence kCadences[] = {Cadence::kRealtime, Cadence::kDaily, Cadence::kMonthly,
                                 Cadence::kQuarterly, Cadence::kYearly};

DueTimes TimesOf(const DueRule& rule, const Period& period) {
  return DueTimesOf(rule, period, Spring2024());
}

/// A rule without grace and late days.
DueRule DueOn(const char* day) {
  DueRule rule;
  rule.day = ParseDueDay(day).value();
  return rule;
}

std::string DueText(const DueRule& rule, const Period& period) {
  return ToLocalText(TimesOf(rule, period).due_at);
}

TEST(DueRuleTest, ADailyReportIsOwedOnItsOwnDayUntilFive) {
  const DueTimes times = TimesOf(DefaultDueRule(Cadence::kDaily), Named("2024-03-05"));
  EXPECT_TRUE(times.owed);
  EXPECT_EQ(times.owed_from, At("2024-03-05", 0, 0));
  EXPECT_EQ(times.due_at, At("2024-03-05", 17, 0));
  EXPECT_EQ(times.late_from, times.due_at);
  EXPECT_EQ(times.closes_at, At("2024-03-07", 0, 0));  // late through the next working day
}

TEST(DueRuleTest, NothingIsOwedForADayThatIsNotWorked) {
  const DueRule rule = DefaultDueRule(Cadence::kDaily);
  for (const char* day : {"2024-03-09", "2024-03-10", "2024-02-08", "2024-04-29"}) {
    EXPECT_FALSE(TimesOf(rule, Named(day)).owed) << day;
  }
  EXPECT_TRUE(TimesOf(rule, Named("2024-05-04")).owed);  // a swap day
  EXPECT_TRUE(TimesOf(DefaultDueRule(Cadence::kMonthly), Named("2024-02")).owed);
}

TEST(DueRuleTest, LateDaysLeapOverHolidays) {
  const DueTimes times = TimesOf(DefaultDueRule(Cadence::kDaily), Named("2024-02-07"));
  EXPECT_EQ(times.closes_at, At("2024-02-16", 0, 0));
}

TEST(DueRuleTest, AMonthlyReportIsDueAfterFiveWorkingDaysWithTwoOfGrace) {
  // January 2024 ends on a Wednesday; Tết begins on 8 February.
  const DueTimes times = TimesOf(DefaultDueRule(Cadence::kMonthly), Named("2024-01"));
  EXPECT_EQ(times.owed_from, At("2024-02-01", 0, 0));
  EXPECT_EQ(times.due_at, At("2024-02-07", 17, 0));
  EXPECT_EQ(times.late_from, At("2024-02-16", 17, 0));  // 15 and 16 February
  EXPECT_EQ(times.closes_at, At("2024-03-02", 0, 0));   // ten more: through Friday 1 March
}

TEST(DueRuleTest, ADayOfTheMonthIsTheFirstAtOrAfterThePeriodsEnd) {
  EXPECT_EQ(DueText(DueOn("1"), Named("2024-02")), "2024-03-01 17:00:00+07:00");
  EXPECT_EQ(DueText(DueOn("20"), Named("2024-02")), "2024-03-20 17:00:00+07:00");
  EXPECT_EQ(DueText(DueOn("28"), Named("2024-Q4")), "2025-01-28 17:00:00+07:00");
  const Period admin_month = Named("2024-03", CalendarKind::kAdmin);  // ends on 15 March
  EXPECT_EQ(DueText(DueOn("20"), admin_month), "2024-03-20 17:00:00+07:00");
  EXPECT_EQ(DueText(DueOn("15"), admin_month), "2024-03-15 17:00:00+07:00");
  EXPECT_EQ(DueText(DueOn("5"), admin_month), "2024-04-05 17:00:00+07:00");
}

TEST(DueRuleTest, TheLastDayIsThatOfTheMonthAfterThePeriod) {
  EXPECT_EQ(DueText(DueOn("last"), Named("2024-02")),
            "2024-04-01 17:00:00+07:00");  // the 31st is a Sunday
  EXPECT_EQ(DueText(DueOn("last"), Named("2024-01")), "2024-02-29 17:00:00+07:00");
  EXPECT_EQ(DueText(DueOn("last"), Named("2024-10", CalendarKind::kAdmin)),
            "2024-10-31 17:00:00+07:00");
}

TEST(DueRuleTest, ADueDayThatIsNotWorkedMovesToTheNextThatIs) {
  EXPECT_EQ(DueText(DueOn("8"), Named("2024-01")), "2024-02-15 17:00:00+07:00");  // Tết
  EXPECT_EQ(DueText(DueOn("4"), Named("2024-04")), "2024-05-04 17:00:00+07:00");  // a swap day
  EXPECT_EQ(DueText(DueOn("5"), Named("2024-04")), "2024-05-06 17:00:00+07:00");  // a Sunday
}

TEST(DueRuleTest, ATimeOfDayHoldsForTheDueDayAndTheGrace) {
  DueRule rule = DueOn("20");
  rule.by = Duration::Seconds(10 * 3'600);
  rule.grace_days = 1;
  const DueTimes times = TimesOf(rule, Named("2024-02"));
  EXPECT_EQ(times.due_at, At("2024-03-20", 10, 0));
  EXPECT_EQ(times.late_from, At("2024-03-21", 10, 0));
  EXPECT_EQ(times.closes_at, At("2024-03-22", 0, 0));
}

TEST(DueRuleTest, APeriodIsOpenThenProvisionalThenClosed) {
  const Period period = Named("2024-01");
  const DueTimes times = TimesOf(DefaultDueRule(Cadence::kMonthly), period);
  const auto state = [&](Timestamp now) {
    return PeriodStateName(PeriodStateAt(now, period, times));
  };
  const Timestamp end = At("2024-02-01", 0, 0);
  EXPECT_EQ(state(At("2023-01-01", 0, 0)), "open");
  EXPECT_EQ(state({end.nanos - 1}), "open");
  EXPECT_EQ(state(end), "provisional");
  EXPECT_EQ(state({times.closes_at.nanos - 1}), "provisional");
  EXPECT_EQ(state(times.closes_at), "closed");
}

TEST(DueRuleTest, TheInstantsOfEveryPeriodStandInTheirOrder) {
  const WorkingDays days = Spring2024();
  for (const Cadence cadence : kCadences) {
    for (const CalendarKind calendar : {CalendarKind::kCivil, CalendarKind::kAdmin}) {
      for (const PeriodKind kind :
           {PeriodKind::kDay, PeriodKind::kWeek, PeriodKind::kMonth, PeriodKind::kQuarter,
            PeriodKind::kHalf, PeriodKind::kNineMonths, PeriodKind::kYear}) {
        DueRule rule = DefaultDueRule(cadence);
        Period period = *Period::Containing(kind, calendar, Day("2020-01-05"));
        for (int day = 0; period.Start() < Day("2030-01-01"); period = period.Next()) {
          if (cadence == Cadence::kYearly)
            rule.day = {DueDay::Sort::kOfMonth, day++ % kLastDueDay + 1};
          const DueTimes times = DueTimesOf(rule, period, days);
          ASSERT_LE(times.owed_from, period.End().Start()) << period.ToText();
          ASSERT_LT(times.owed_from, times.due_at) << period.ToText();
          ASSERT_LE(times.due_at, times.late_from) << period.ToText();
          ASSERT_LT(times.late_from, times.closes_at) << period.ToText();
          ASSERT_GE(times.closes_at, period.End().Start()) << period.ToText();
          ASSERT_TRUE(days.IsWorkingDay(CivilDate::Containing(times.due_at))) << period.ToText();
          ASSERT_TRUE(days.IsWorkingDay(CivilDate::Containing(times.late_from)));
        }
      }
    }
  }
}

TEST(DueRuleTest, ADueDayIsOneThatEveryMonthHas) {
  EXPECT_EQ(ParseDueDay("28").value(), (DueDay{DueDay::Sort::kOfMonth, 28}));
  EXPECT_EQ(ParseDueDay("last").value().sort, DueDay::Sort::kEndOfMonth);
  for (const char* text : {"0", "29", "31", "-1", "", "first", "5.5"}) {
    EXPECT_THAT(std::string(ParseDueDay(text).status().message()),
                HasSubstr("is no due day; allowed: 1 to 28, which every month has, or last"))
        << text;
  }
}

}  // namespace
}  // namespace iocd::domain
