#include "bookkeeper/kept_periods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/period_history.h"
#include "domain/spring_2024.h"

namespace iocd::bookkeeper {
namespace {

using domain::At;
using domain::CalendarKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class KeptPeriodsTest : public ::testing::Test {
 protected:
  /// "2024-01", and those that are closed with a '*'.
  static std::vector<std::string> Texts(const KeptYear& year) {
    std::vector<std::string> texts;
    for (const KeptPeriod& kept : year) {
      texts.push_back(kept.period.ToText() + (kept.closed ? "*" : ""));
    }
    return texts;
  }
  static std::vector<KeptYear> Years(Timestamp now, CalendarKind calendar = CalendarKind::kCivil) {
    return KeptYears(calendar, domain::DefaultDueRule(domain::Cadence::kMonthly),
                     domain::Spring2024(), now);
  }
};

TEST_F(KeptPeriodsTest, HoldsWhatHasEndedAndSaysWhatIsClosed) {
  // March is closed at midnight after 23 April, 17 working days after its end.
  EXPECT_THAT(Texts(Years(At("2024-04-02", 12, 0))[0]),
              ElementsAre("2024-01*", "2024-02*", "2024-03", "2024-Q1"));
  EXPECT_THAT(Texts(Years(At("2024-04-30", 12, 0))[0]),
              ElementsAre("2024-01*", "2024-02*", "2024-03*", "2024-Q1*"));
}

TEST_F(KeptPeriodsTest, AYearThatIsOverHasAllOfThem) {
  EXPECT_THAT(Texts(Years(At("2024-04-02", 12, 0))[1]),
              ElementsAre("2023-01*", "2023-02*", "2023-03*", "2023-04*", "2023-05*", "2023-06*",
                          "2023-07*", "2023-08*", "2023-09*", "2023-10*", "2023-11*", "2023-12*",
                          "2023-Q1*", "2023-Q2*", "2023-Q3*", "2023-Q4*", "2023-H1*", "2023-H2*",
                          "2023-9M*", "2023*"));
}

TEST_F(KeptPeriodsTest, APeriodIsThereFromTheMidnightWithWhichItEnds) {
  const Timestamp midnight = At("2024-02-01", 0, 0);
  EXPECT_THAT(Texts(Years({midnight.nanos - 1})[0]), IsEmpty());
  EXPECT_THAT(Texts(Years(midnight)[0]), ElementsAre("2024-01"));
}

TEST_F(KeptPeriodsTest, FollowsTheCalendarOfTheAdministration) {
  EXPECT_THAT(Texts(Years(At("2024-01-15", 0, 0), CalendarKind::kAdmin)[0]),
              ElementsAre("2024-01"));
  // Its year 2024 ends with 14 December.
  EXPECT_THAT(Texts(Years(At("2024-12-15", 0, 0), CalendarKind::kAdmin)[0]), IsEmpty());
  EXPECT_EQ(Texts(Years(At("2024-12-15", 0, 0), CalendarKind::kAdmin)[1]).back(), "2024");
}

TEST_F(KeptPeriodsTest, LooksBackNoFurtherThanEverySeriesHoldsWhole) {
  for (const CalendarKind calendar : {CalendarKind::kCivil, CalendarKind::kAdmin}) {
    const Timestamp now = At("2024-12-31", 23, 59);
    const std::vector<KeptYear> years = Years(now, calendar);
    ASSERT_EQ(years.size(), 11u);
    const domain::CivilDate oldest = years.back().front().period.Start();
    domain::PeriodHistory history(domain::Kind::kFlow);
    domain::Event event;
    event.first = 1;
    for (const Timestamp time : {oldest.Start(), now}) {
      event.time = time;
      history.Apply(event, now);
    }
    EXPECT_EQ(history.In(years.back().front().period).events, 1u);
  }
}

}  // namespace
}  // namespace iocd::bookkeeper
