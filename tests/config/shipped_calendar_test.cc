// The days off that come with the project are those of the Labour Code.

#include <gtest/gtest.h>

#include "absl/algorithm/container.h"
#include "config/shipped_files.h"

namespace iocd::config {
namespace {

using domain::CivilDate;
using domain::WorkingDays;

CivilDate Day(const char* text) { return domain::ParseDate(text).value(); }

/// 1 at New Year, 5 at Tết, 1 for the Hùng Kings, 2 around 1 May, 2 around 2 September.
constexpr std::int64_t kDaysOffPerYear = 11;

class VietnamCalendar : public ::testing::Test {
 protected:
  const WorkingDays days_ = Shipped("config/iocd.yaml").data().working_days;
};

TEST_F(VietnamCalendar, GivesEachYearTheDaysOfTheLabourCodeAndASwapDayForEachOtherOne) {
  const WorkingDays usual;
  for (int year = 2024; year <= 2027; ++year) {
    const CivilDate end = CivilDate::FromYearMonthDay(year + 1, 1, 1);
    std::int64_t off = 0, worked = 0;
    for (CivilDate day = CivilDate::FromYearMonthDay(year, 1, 1); day < end; ++day.days) {
      if (usual.IsWorkingDay(day) && !days_.IsWorkingDay(day)) ++off;
      if (!usual.IsWorkingDay(day) && days_.IsWorkingDay(day)) ++worked;
    }
    EXPECT_EQ(off, kDaysOffPerYear + worked) << year;
  }
}

TEST_F(VietnamCalendar, KnowsTetAndTheHungKings) {
  for (const char* first_of_lunar_year : {"2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"}) {
    EXPECT_FALSE(days_.IsWorkingDay(Day(first_of_lunar_year))) << first_of_lunar_year;
  }
  for (const char* tenth_of_third_month :
       {"2024-04-18", "2025-04-07", "2026-04-26", "2026-04-27", "2027-04-16"}) {
    EXPECT_FALSE(days_.IsWorkingDay(Day(tenth_of_third_month))) << tenth_of_third_month;
  }
  EXPECT_TRUE(days_.IsWorkingDay(Day("2024-05-04")));
  EXPECT_TRUE(days_.IsWorkingDay(Day("2025-04-26")));
}

TEST_F(VietnamCalendar, IsAlsoThatOfTheDemonstration) {
  const WorkingDays demo = Shipped("config/demo/iocd.yaml").data().working_days;
  EXPECT_TRUE(absl::c_equal(demo.data().worked, days_.data().worked));
  EXPECT_EQ(demo.data().holidays.size(), days_.data().holidays.size());
}

}  // namespace
}  // namespace iocd::config
