#include "domain/civil_date.h"

#include <gtest/gtest.h>

#include "domain/tsv.h"

namespace iocd::domain {
namespace {

TEST(CivilDateTest, ADayBeginsAtMidnightInTheZoneOfTheProvince) {
  // 2024-05-04 00:00 +07:00 is 2024-05-03 17:00 UTC.
  EXPECT_EQ(CivilDate::FromYearMonthDay(2024, 5, 4).Start(), Timestamp::FromSeconds(1'714'755'600));
}

TEST(CivilDateTest, ADayContainsItsFirstInstantAndNotItsEnd) {
  const CivilDate day = CivilDate::FromYearMonthDay(2025, 12, 31);
  EXPECT_EQ(CivilDate::Containing(day.Start()), day);
  const CivilDate next = CivilDate::FromYearMonthDay(2026, 1, 1);
  EXPECT_EQ(CivilDate::Containing(Timestamp{next.Start().nanos - 1}), day);
  EXPECT_EQ(CivilDate::Containing(next.Start()), next);
}

TEST(CivilDateTest, DaysBefore1970AreCountedDownwards) {
  const CivilDate day = CivilDate::FromYearMonthDay(1969, 12, 31);
  EXPECT_EQ(day.days, -1);
  EXPECT_EQ(CivilDate::Containing(Timestamp{day.Start().nanos + 1}), day);
  EXPECT_EQ(CivilDate::Containing(Timestamp{day.Start().nanos - 1}).days, -2);
}

TEST(CivilDateTest, ADayBeyondTheMonthMovesIntoTheNext) {
  EXPECT_EQ(CivilDate::FromYearMonthDay(2025, 1, 32), CivilDate::FromYearMonthDay(2025, 2, 1));
  EXPECT_EQ(CivilDate::FromYearMonthDay(2025, 13, 1), CivilDate::FromYearMonthDay(2026, 1, 1));
}

TEST(CivilDateTest, TextAndDateAreOne) {
  for (const char* text : {"1900-01-01", "1969-12-31", "2024-02-29", "2025-12-31", "2199-12-31"}) {
    const std::optional<CivilDate> date = ParseDate(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date->ToText(), text);
  }
}

TEST(CivilDateTest, RefusesWhatIsNoDate) {
  for (const char* text :
       {"", "2024", "2025-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00",
        "2025-1-1", "25-01-01", "2025/01/01", "2025-01-01 ", " 2025-01-01", "+025-01-01",
        "2025-01--1", "2025-01-0x", "1899-12-31", "2200-01-01"}) {
    EXPECT_FALSE(ParseDate(text)) << text;
  }
}

TEST(CivilDateTest, AYearAloneMeansItsEnd) {
  EXPECT_EQ(ParseDateOrYearEnd("2024"), CivilDate::FromYearMonthDay(2025, 1, 1));
  EXPECT_EQ(ParseDateOrYearEnd("2024-05-04"), CivilDate::FromYearMonthDay(2024, 5, 4));
  for (const char* text : {"", "24", "20244", "2O24", "-024", "1899", "2200", "2024-05"}) {
    EXPECT_FALSE(ParseDateOrYearEnd(text)) << text;
  }
}

TEST(CivilDateTest, YearEndsAgreeWithTheCalendarOfThePeriods) {
  int years = 0;
  for (const TsvRow& row : ReadTestData("calendar_vectors.tsv")) {
    if (row.at("calendar") != "civil" || row.at("kind") != "year") continue;
    ++years;
    EXPECT_EQ(ParseDateOrYearEnd(row.at("period")), ParseDate(row.at("end_exclusive")));
  }
  EXPECT_EQ(years, 2);
}

TEST(CivilDateTest, EveryDayOfTheCalendarVectorsIsWrittenAsItIsRead) {
  const std::vector<TsvRow> rows = ReadTestData("calendar_vectors.tsv");
  ASSERT_EQ(rows.size(), 53u);
  for (const TsvRow& row : rows) {
    for (const char* column : {"start", "end_exclusive"}) {
      const std::optional<CivilDate> date = ParseDate(row.at(column));
      ASSERT_TRUE(date) << row.at(column);
      EXPECT_EQ(date->ToText(), row.at(column));
    }
  }
}

}  // namespace
}  // namespace iocd::domain
