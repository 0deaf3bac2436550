#include "domain/calendar.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "domain/tsv.h"

namespace iocd::domain {
namespace {

constexpr CalendarKind kCalendars[] = {CalendarKind::kCivil, CalendarKind::kAdmin};
constexpr PeriodKind kTilingKinds[] = {PeriodKind::kDay,     PeriodKind::kWeek, PeriodKind::kMonth,
                                       PeriodKind::kQuarter, PeriodKind::kHalf, PeriodKind::kYear};

Period Named(const std::string& text, CalendarKind calendar = CalendarKind::kCivil) {
  const std::optional<Period> period = ParsePeriod(text, calendar);
  EXPECT_TRUE(period) << text;
  return period.value_or(Period{});
}

CivilDate Day(const std::string& text) { return ParseDate(text).value(); }

std::string TextOfContaining(PeriodKind kind, CalendarKind calendar, Timestamp time) {
  const std::optional<Period> period = Period::Containing(kind, calendar, time);
  return period ? period->ToText() : "none";
}

TEST(CalendarTest, EveryVectorHasItsBoundsAndItsText) {
  const std::map<std::string, PeriodKind> kinds = {
      {"day", PeriodKind::kDay},     {"week", PeriodKind::kWeek},
      {"month", PeriodKind::kMonth}, {"quarter", PeriodKind::kQuarter},
      {"half", PeriodKind::kHalf},   {"nine_months", PeriodKind::kNineMonths},
      {"year", PeriodKind::kYear}};
  const std::vector<TsvRow> rows = ReadTestData("calendar_vectors.tsv");
  ASSERT_EQ(rows.size(), 53u);
  for (const TsvRow& row : rows) {
    const CalendarKind calendar = ParseCalendar(row.at("calendar")).value();
    const Period period = Named(row.at("period"), calendar);
    EXPECT_EQ(period.kind, kinds.at(row.at("kind"))) << row.at("period");
    EXPECT_EQ(period.Start().ToText(), row.at("start")) << row.at("period");
    EXPECT_EQ(period.End().ToText(), row.at("end_exclusive")) << row.at("period");
    EXPECT_EQ(period.ToText(), row.at("period"));
    EXPECT_EQ(Period::Containing(period.kind, calendar, Day(row.at("start"))), period);
  }
}

TEST(CalendarTest, PeriodsTileTimeWithoutGapsOrOverlaps) {
  for (const CalendarKind calendar : kCalendars) {
    for (const PeriodKind kind : kTilingKinds) {
      Period period = *Period::Containing(kind, calendar, Day("1900-01-01"));
      while (period.Start() <= Day("2199-12-31")) {
        ASSERT_LT(period.Start(), period.End()) << period.ToText();
        ASSERT_EQ(period.Next().Start(), period.End()) << period.ToText();
        ASSERT_EQ(period.Next().Previous(), period);
        const Timestamp start = period.Start().Start(), end = period.End().Start();
        ASSERT_EQ(Period::Containing(kind, calendar, start), period) << period.ToText();
        ASSERT_EQ(Period::Containing(kind, calendar, Timestamp{end.nanos - 1}), period);
        ASSERT_EQ(Period::Containing(kind, calendar, end), period.Next()) << period.ToText();
        period = period.Next();
      }
    }
  }
}

TEST(CalendarTest, EveryDayLiesInThePeriodThatContainsIt) {
  for (const CalendarKind calendar : kCalendars) {
    for (const PeriodKind kind : kTilingKinds) {
      for (CivilDate day = Day("1900-01-01"); day <= Day("2199-12-31"); ++day.days) {
        const Period period = *Period::Containing(kind, calendar, day);
        ASSERT_LE(period.Start(), day);
        ASSERT_LT(day, period.End());
      }
    }
  }
}

TEST(CalendarTest, LongPeriodsBeginAndEndWithTheirMonths) {
  for (const CalendarKind calendar : kCalendars) {
    EXPECT_EQ(Named("2024-Q2", calendar).Start(), Named("2024-04", calendar).Start());
    EXPECT_EQ(Named("2024-H2", calendar).Start(), Named("2024-07", calendar).Start());
    EXPECT_EQ(Named("2024-9M", calendar).End(), Named("2024-09", calendar).End());
    EXPECT_EQ(Named("2024", calendar).End(), Named("2024-12", calendar).End());
  }
}

TEST(CalendarTest, TextAndPeriodAreOne) {
  for (const CalendarKind calendar : kCalendars) {
    for (const PeriodKind kind :
         {PeriodKind::kDay, PeriodKind::kWeek, PeriodKind::kMonth, PeriodKind::kQuarter,
          PeriodKind::kHalf, PeriodKind::kNineMonths, PeriodKind::kYear}) {
      // Months before the end of 2199: all that begins earlier has a year that texts may name.
      Period period = *Period::Containing(kind, calendar, Day("1900-01-05"));
      for (; period.End() <= Day("2199-12-01"); period = period.Next()) {
        ASSERT_EQ(ParsePeriod(period.ToText(), calendar), period) << period.ToText();
      }
    }
  }
}

TEST(CalendarTest, RefusesWhatNamesNoPeriod) {
  for (const char* text : {"",
                           "24",
                           "1899",
                           "2200",
                           "2024-",
                           "2024-00",
                           "2024-13",
                           "2024-1",
                           "2024-001",
                           "2024-Q0",
                           "2024-Q5",
                           "2024-Q01",
                           "2024-q1",
                           "2024-H3",
                           "2024-9m",
                           "2024-9MM",
                           "2024-09M",
                           "2024-6M",
                           "2024-W00",
                           "2024-W53",
                           "2024-W1",
                           "2024-W+1",
                           "2024-W 1",
                           "2024/01",
                           "2024Q1",
                           "2024-X1",
                           "2025-02-29",
                           "2024-01-",
                           " 2024",
                           "2024 ",
                           "+024",
                           "2024-Q1 ",
                           "2024-Q-1",
                           "2024-1 ",
                           "2024-W99",
                           "2024-H",
                           "2024-9",
                           "-2024",
                           "0x7e",
                           "2024-01-1",
                           "20245",
                           "2024--1",
                           "2024-09223372036854775807"}) {
    EXPECT_FALSE(ParsePeriod(text, CalendarKind::kCivil)) << text;
  }
}

TEST(CalendarTest, ADayChangesAtMidnightInTheZoneOfTheProvince) {
  const Timestamp midnight = Timestamp::FromSeconds(1'709'139'600);  // 2024-02-28T17:00:00Z
  const Timestamp before{midnight.nanos - 1}, after{midnight.nanos + 1};
  EXPECT_EQ(TextOfContaining(PeriodKind::kDay, CalendarKind::kCivil, before), "2024-02-28");
  EXPECT_EQ(TextOfContaining(PeriodKind::kDay, CalendarKind::kCivil, midnight), "2024-02-29");
  EXPECT_EQ(TextOfContaining(PeriodKind::kDay, CalendarKind::kCivil, after), "2024-02-29");
}

TEST(CalendarTest, AnAdminMonthChangesAtTheMidnightBeforeThe15th) {
  const Timestamp bound = Day("2024-03-15").Start();
  const Timestamp before{bound.nanos - 1};
  EXPECT_EQ(TextOfContaining(PeriodKind::kMonth, CalendarKind::kAdmin, before), "2024-03");
  EXPECT_EQ(TextOfContaining(PeriodKind::kMonth, CalendarKind::kAdmin, bound), "2024-04");
  EXPECT_EQ(TextOfContaining(PeriodKind::kQuarter, CalendarKind::kAdmin, before), "2024-Q1");
  EXPECT_EQ(TextOfContaining(PeriodKind::kQuarter, CalendarKind::kAdmin, bound), "2024-Q2");
  EXPECT_EQ(TextOfContaining(PeriodKind::kMonth, CalendarKind::kCivil, bound), "2024-03");
}

TEST(CalendarTest, AYearEndsWithDecemberOrWithThe14th) {
  const Timestamp civil = Day("2025-01-01").Start(), admin = Day("2024-12-15").Start();
  EXPECT_EQ(TextOfContaining(PeriodKind::kYear, CalendarKind::kCivil, {civil.nanos - 1}), "2024");
  EXPECT_EQ(TextOfContaining(PeriodKind::kYear, CalendarKind::kCivil, civil), "2025");
  EXPECT_EQ(TextOfContaining(PeriodKind::kYear, CalendarKind::kAdmin, {admin.nanos - 1}), "2024");
  EXPECT_EQ(TextOfContaining(PeriodKind::kYear, CalendarKind::kAdmin, admin), "2025");
  EXPECT_EQ(TextOfContaining(PeriodKind::kHalf, CalendarKind::kAdmin, admin), "2025-H1");
}

TEST(CalendarTest, TheLastThreeMonthsLieInNoNineMonths) {
  const auto in = [](CalendarKind calendar, const char* day) {
    return TextOfContaining(PeriodKind::kNineMonths, calendar, Day(day).Start());
  };
  EXPECT_EQ(in(CalendarKind::kCivil, "2024-09-30"), "2024-9M");
  EXPECT_EQ(in(CalendarKind::kCivil, "2024-10-01"), "none");
  EXPECT_EQ(in(CalendarKind::kCivil, "2024-12-31"), "none");
  EXPECT_EQ(in(CalendarKind::kCivil, "2025-01-01"), "2025-9M");
  EXPECT_EQ(in(CalendarKind::kAdmin, "2024-09-15"), "none");
  EXPECT_EQ(in(CalendarKind::kAdmin, "2024-12-15"), "2025-9M");
  EXPECT_EQ(Named("2024-9M").Next().ToText(), "2025-9M");
}

TEST(CalendarTest, TheSamePeriodLastYearHasTheSameNameInTheYearBefore) {
  for (const auto& [period, last] : std::map<std::string, std::string>{{"2024-01", "2023-01"},
                                                                       {"2024-Q4", "2023-Q4"},
                                                                       {"2024-H2", "2023-H2"},
                                                                       {"2024-9M", "2023-9M"},
                                                                       {"2024", "2023"},
                                                                       {"2025-03-15", "2024-03-15"},
                                                                       {"2025-02-28", "2024-02-28"},
                                                                       {"2024-02-29", "2023-02-28"},
                                                                       {"2025-W01", "2024-W01"},
                                                                       {"2026-W53", "2025-W52"},
                                                                       {"2027-W52", "2026-W52"}}) {
    for (const CalendarKind calendar : kCalendars) {
      EXPECT_EQ(Named(period, calendar).SamePeriodLastYear(), Named(last, calendar)) << period;
    }
  }
}

TEST(CalendarTest, TheSameWeekLastYearDiffersInItsNumberOnlyForThe53rd) {
  Period week = Named("1901-W01");
  for (; week.Start() < Day("2199-12-01"); week = week.Next()) {
    const std::string text = week.ToText(), last = week.SamePeriodLastYear().ToText();
    ASSERT_EQ(std::stoi(last), std::stoi(text) - 1) << text;
    ASSERT_EQ(last.substr(4), text.substr(4) == "-W53" ? "-W52" : text.substr(4)) << text;
  }
}

TEST(CalendarTest, AccumulatesInTheYearOfItsCalendar) {
  const auto year = [](const char* text, CalendarKind calendar) {
    return Named(text, calendar).Year().ToText();
  };
  for (const CalendarKind calendar : kCalendars) {
    for (const char* text : {"2024-01", "2024-12", "2024-Q1", "2024-H2", "2024-9M", "2024"}) {
      EXPECT_EQ(year(text, calendar), "2024") << text;
    }
  }
  EXPECT_EQ(year("2024-12-31", CalendarKind::kCivil), "2024");
  EXPECT_EQ(year("2024-12-14", CalendarKind::kAdmin), "2024");
  EXPECT_EQ(year("2024-12-15", CalendarKind::kAdmin), "2025");
  EXPECT_EQ(year("2025-W01", CalendarKind::kCivil), "2025");  // begins on 2024-12-30
  EXPECT_EQ(year("2026-W53", CalendarKind::kCivil), "2026");  // ends on 2027-01-03
  EXPECT_EQ(year("2024-W50", CalendarKind::kAdmin), "2024");  // its Thursday is 12 December
  EXPECT_EQ(year("2024-W51", CalendarKind::kAdmin), "2025");
}

TEST(CalendarTest, EveryCalendarHasItsName) {
  for (const CalendarKind calendar : kCalendars) {
    EXPECT_EQ(ParseCalendar(CalendarName(calendar)), calendar);
  }
  EXPECT_EQ(CalendarName(CalendarKind::kAdmin), "admin");
  EXPECT_FALSE(ParseCalendar("lunar"));
}

}  // namespace
}  // namespace iocd::domain
