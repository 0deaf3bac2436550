#include "domain/period_history.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

constexpr CalendarKind kCalendars[] = {CalendarKind::kCivil, CalendarKind::kAdmin};
constexpr Timestamp kArrival = Timestamp::FromSeconds(1'714'780'800);

Event EventAt(Timestamp time, double first, double second = 0) {
  Event event;
  event.time = time;
  event.first = first;
  event.second = second;
  event.has_second = second != 0;
  return event;
}

/// The value in the period: "none" where there is none.
std::string In(const PeriodHistory& history, Kind kind, const Period& period) {
  const std::optional<double> value = Value(kind, history.In(period));
  return value ? std::to_string(static_cast<int>(*value)) : "none";
}

/// A flow with 1 in the last nanosecond before the day and 10 in its first.
PeriodHistory AcrossTheStartOf(const char* day) {
  PeriodHistory history(Kind::kFlow);
  const Timestamp start = Day(day).Start();
  history.Apply(EventAt({start.nanos - 1}, 1), kArrival);
  history.Apply(EventAt(start, 10), kArrival);
  return history;
}

TEST(PeriodHistoryTest, HasNothingBeforeTheFirstEvent) {
  const PeriodHistory history(Kind::kFlow);
  EXPECT_FALSE(history.HasEvents());
  EXPECT_FALSE(history.In(Named("2024")).HasValue());
  EXPECT_FALSE(history.FirstArrivalIn(Named("2024")));
  EXPECT_EQ(history.HeapBytes(), 0u);
}

TEST(PeriodHistoryTest, ADayEndsAtMidnightInTheZoneOfTheProvince) {
  const PeriodHistory history = AcrossTheStartOf("2024-02-29");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-02-28")), "1");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-02-29")), "10");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-03-01")), "none");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-02")), "11");
}

TEST(PeriodHistoryTest, AWeekEndsWithSunday) {
  const PeriodHistory history = AcrossTheStartOf("2024-12-30");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-W52")), "1");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2025-W01")), "10");
}

TEST(PeriodHistoryTest, AnAdminMonthEndsWithThe14th) {
  const PeriodHistory history = AcrossTheStartOf("2024-03-15");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-03", CalendarKind::kAdmin)), "1");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-04", CalendarKind::kAdmin)), "10");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-Q1", CalendarKind::kAdmin)), "1");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-Q2", CalendarKind::kAdmin)), "10");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-03")), "11");
}

TEST(PeriodHistoryTest, AYearEndsWithDecemberOrWithThe14th) {
  const PeriodHistory civil = AcrossTheStartOf("2025-01-01");
  EXPECT_EQ(In(civil, Kind::kFlow, Named("2024")), "1");
  EXPECT_EQ(In(civil, Kind::kFlow, Named("2025")), "10");
  EXPECT_EQ(In(civil, Kind::kFlow, Named("2025", CalendarKind::kAdmin)), "11");
  const PeriodHistory admin = AcrossTheStartOf("2024-12-15");
  EXPECT_EQ(In(admin, Kind::kFlow, Named("2024", CalendarKind::kAdmin)), "1");
  EXPECT_EQ(In(admin, Kind::kFlow, Named("2025", CalendarKind::kAdmin)), "10");
  EXPECT_EQ(In(admin, Kind::kFlow, Named("2025-H1", CalendarKind::kAdmin)), "10");
  EXPECT_EQ(In(admin, Kind::kFlow, Named("2024")), "11");
}

TEST(PeriodHistoryTest, ALateEventCountsInThePeriodOfItsEventTime) {
  PeriodHistory history(Kind::kRatio);
  history.Apply(EventAt(At("2024-03-20", 9, 0), 1, 4), kArrival);
  history.Apply(EventAt(At("2024-02-20", 9, 0), 6, 4), kArrival);
  EXPECT_EQ(history.In(Named("2024-02")).first, 6);
  EXPECT_EQ(Value(Kind::kRatio, history.In(Named("2024-Q1"))), 7.0 / 8);
  EXPECT_EQ(history.In(Named("2024-Q1")).events, 2u);
}

TEST(PeriodHistoryTest, ADurationKeepsItsMeanAndItsExtremes) {
  PeriodHistory history(Kind::kDuration);
  for (const char* day : {"2024-01-02", "2024-02-02", "2024-02-03"}) {
    history.Apply(EventAt(Day(day).Start(), day[9] - '0' + (day[6] - '0') * 10), kArrival);
  }
  const Aggregate quarter = history.In(Named("2024-Q1"));
  EXPECT_EQ(quarter.min, 12);
  EXPECT_EQ(quarter.max, 23);
  EXPECT_EQ(Value(Kind::kDuration, quarter), (12 + 22 + 23) / 3.0);
  EXPECT_EQ(history.In(Named("2024-02")).min, 22);
}

TEST(PeriodHistoryTest, ALatestValueStaysInItsPeriodAlone) {
  PeriodHistory history(Kind::kStock);
  history.Apply(EventAt(At("2024-03-20", 9, 0), 12), kArrival);
  history.Apply(EventAt(At("2024-03-20", 8, 59), 99), kArrival);
  history.Apply(EventAt(At("2024-02-20", 9, 0), 7), kArrival);
  history.Apply(EventAt(At("2024-02-20", 9, 0), 8), kArrival);
  EXPECT_EQ(In(history, Kind::kStock, Named("2024-02")), "8") << "the last applied of equal times";
  EXPECT_EQ(In(history, Kind::kStock, Named("2024-Q1")), "12");
  EXPECT_EQ(history.In(Named("2024-Q1")).events, 1u);
  EXPECT_EQ(history.In(Named("2024-Q1")).time, At("2024-03-20", 9, 0));
  EXPECT_EQ(In(history, Kind::kStock, Named("2024-04")), "none");
}

// A figure that was published for 2024 was filed under 2025, whose report had then come.
TEST(PeriodHistoryTest, AFigureOfAYearBelongsToIt) {
  PeriodHistory history(Kind::kCoverage);
  history.Apply(EventAt(Day("2025-01-01").Start(), 12), kArrival);
  EXPECT_EQ(In(history, Kind::kCoverage, Named("2024")), "12");
  EXPECT_EQ(In(history, Kind::kCoverage, Named("2024-12-31")), "12");
  EXPECT_EQ(In(history, Kind::kCoverage, Named("2025")), "none");
  EXPECT_EQ(history.FirstArrivalIn(Named("2024-12")), kArrival);
  EXPECT_FALSE(history.FirstArrivalIn(Named("2025-01")));
  history.Apply(EventAt(Day("2025-03-01").Start(), 13), kArrival);  // a day is that day
  EXPECT_EQ(In(history, Kind::kCoverage, Named("2025-03-01")), "13");
  EXPECT_EQ(In(history, Kind::kCoverage, Named("2025-02")), "none");
}

TEST(PeriodHistoryTest, TheFirstArrivalIsThatOfTheEventThatCameFirst) {
  PeriodHistory history(Kind::kFlow);
  const Timestamp later = kArrival + Duration::Days(1);
  history.Apply(EventAt(At("2024-03-20", 9, 0), 1), kArrival);
  history.Apply(EventAt(At("2024-03-02", 9, 0), 1), later);
  EXPECT_EQ(history.FirstArrivalIn(Named("2024-03")), kArrival);
  EXPECT_EQ(history.FirstArrivalIn(Named("2024-03", CalendarKind::kAdmin)), later);
  EXPECT_EQ(history.FirstArrivalIn(Named("2024-03-02")), later);
  EXPECT_FALSE(history.FirstArrivalIn(Named("2024-02")));
}

TEST(PeriodHistoryTest, DaysAreKeptFor800Days) {
  PeriodHistory history(Kind::kFlow);
  const CivilDate newest = Day("2024-06-30");
  for (std::int64_t age = 820; age >= 0; --age) {
    history.Apply(EventAt(CivilDate{newest.days - age}.Start(), 1), kArrival);
  }
  const auto day = [&](std::int64_t age) {
    return Period{PeriodKind::kDay, CalendarKind::kCivil, newest.days - age};
  };
  EXPECT_EQ(In(history, Kind::kFlow, day(799)), "1");
  EXPECT_EQ(In(history, Kind::kFlow, day(800)), "none");
  EXPECT_FALSE(history.FirstArrivalIn(day(800)));
  EXPECT_EQ(In(history, Kind::kFlow, Named("2023-06-30")), "1") << "the same day last year";
  history.Apply(EventAt(day(800).Start().Start(), 1), kArrival);
  EXPECT_EQ(In(history, Kind::kFlow, day(800)), "none") << "what comes so late is not taken";
}

// A week of which some days are forgotten has no value: the rest is not its value.
TEST(PeriodHistoryTest, APartOfAPeriodIsNotItsValue) {
  PeriodHistory history(Kind::kFlow);
  const CivilDate newest = Day("2024-06-30");
  for (std::int64_t age = 820; age >= 0; --age) {
    history.Apply(EventAt(CivilDate{newest.days - age}.Start(), 1), kArrival);
  }
  ASSERT_EQ(CivilDate{newest.days - 799}.ToText(), "2022-04-23");  // the Saturday of W16
  EXPECT_EQ(In(history, Kind::kFlow, Named("2022-W16")), "none");
  EXPECT_FALSE(history.FirstArrivalIn(Named("2022-W16")));
  EXPECT_EQ(In(history, Kind::kFlow, Named("2022-W17")), "7");
}

TEST(PeriodHistoryTest, HalfMonthsAreKeptForTwelveYears) {
  PeriodHistory history(Kind::kFlow);
  history.Apply(EventAt(Day("2012-05-20").Start(), 1), kArrival);
  history.Apply(EventAt(Day("2012-06-20").Start(), 2), kArrival);
  history.Apply(EventAt(Day("2024-06-10").Start(), 4), kArrival);
  EXPECT_EQ(In(history, Kind::kFlow, Named("2012-06")), "none");  // its first half is too old
  EXPECT_EQ(In(history, Kind::kFlow, Named("2012-07", CalendarKind::kAdmin)), "2");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2012")), "none");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2012-05")), "none");
  history.Apply(EventAt(Day("2012-07-20").Start(), 8), kArrival);
  EXPECT_EQ(In(history, Kind::kFlow, Named("2012-07")), "8");
  history.Apply(EventAt(Day("2024-08-01").Start(), 16), kArrival);
  EXPECT_EQ(In(history, Kind::kFlow, Named("2012-07")), "none");
  EXPECT_EQ(In(history, Kind::kFlow, Named("2024-Q3")), "16");
}

TEST(PeriodHistoryTest, TakesMemoryForWhatHadEventsAndNoMoreThanIsKept) {
  PeriodHistory history(Kind::kDuration);
  history.Apply(EventAt(Day("2010-01-01").Start(), 1), kArrival);
  EXPECT_EQ(history.HeapBytes(), 2u * 64);
  for (CivilDate day = Day("2010-01-02"); day < Day("2024-06-30"); ++day.days) {
    history.Apply(EventAt(day.Start(), 1), kArrival);
  }
  EXPECT_LE(history.HeapBytes(), 77u * 1'024);
}

TEST(PeriodHistoryTest, TakesEveryInstantThatThereIs) {
  for (const std::int64_t nanos : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                   std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
    PeriodHistory history(Kind::kFlow);
    history.Apply(EventAt({nanos}, 5), kArrival);
    for (const CalendarKind calendar : kCalendars) {
      const auto day = Period::Containing(PeriodKind::kDay, calendar, Timestamp{nanos});
      const auto year = Period::Containing(PeriodKind::kYear, calendar, Timestamp{nanos});
      ASSERT_TRUE(day && year);
      EXPECT_EQ(In(history, Kind::kFlow, *day), "5") << nanos;
      EXPECT_EQ(In(history, Kind::kFlow, *year), "5") << nanos;
    }
  }
}

}  // namespace
}  // namespace iocd::domain
