#include "domain/working_days.h"

#include <gtest/gtest.h>

#include <random>

#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

constexpr std::int64_t kMinute = 60'000'000'000;

std::int64_t Minutes(Duration time) { return time.nanos / kMinute; }

TEST(WorkingDaysTest, WithoutHolidaysMondayToFridayAreWorked) {
  const WorkingDays days;
  for (const char* date : {"2024-03-04", "2024-03-05", "2024-03-06", "2024-03-07", "2024-03-08"}) {
    EXPECT_TRUE(days.IsWorkingDay(Day(date))) << date;
  }
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-03-09")));
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-03-10")));
  EXPECT_TRUE(days.IsWorkingDay(Day("1969-12-31")));  // a Wednesday
  EXPECT_FALSE(days.IsWorkingDay(Day("1969-12-28")));
}

TEST(WorkingDaysTest, AHolidayIsNotWorkedFromItsFirstToItsLastDay) {
  const WorkingDays days = Spring2024();
  EXPECT_TRUE(days.IsWorkingDay(Day("2024-02-07")));
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-02-08")));
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-02-14")));
  EXPECT_TRUE(days.IsWorkingDay(Day("2024-02-15")));
}

TEST(WorkingDaysTest, ASwapDayIsWorked) {
  const WorkingDays days = Spring2024();
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-04-29")));
  EXPECT_TRUE(days.IsWorkingDay(Day("2024-05-04")));
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-05-05")));
}

TEST(WorkingDaysTest, TheNextAndThePreviousWorkingDayLeapOverHolidays) {
  const WorkingDays days = Spring2024();
  EXPECT_EQ(days.NextWorkingDay(Day("2024-02-07")), Day("2024-02-15"));
  EXPECT_EQ(days.PreviousWorkingDay(Day("2024-02-15")), Day("2024-02-07"));
  EXPECT_EQ(days.NextWorkingDay(Day("2024-05-03")), Day("2024-05-04"));
  EXPECT_EQ(days.NextWorkingDay(Day("2024-05-04")), Day("2024-05-06"));
  EXPECT_EQ(days.PreviousWorkingDay(Day("2024-05-06")), Day("2024-05-04"));
}

TEST(WorkingDaysTest, CountsWorkingDaysOnlyAfterADay) {
  const WorkingDays days = Spring2024();
  EXPECT_EQ(days.WorkingDayAfter(Day("2024-02-07"), 0), Day("2024-02-07"));
  EXPECT_EQ(days.WorkingDayAfter(Day("2024-02-08"), 0), Day("2024-02-15"));
  EXPECT_EQ(days.WorkingDayAfter(Day("2024-02-07"), 2), Day("2024-02-16"));
  EXPECT_EQ(days.WorkingDayAfter(Day("2024-02-10"), 1), Day("2024-02-15"));
  EXPECT_EQ(days.WorkingDayAfter(Day("2024-04-26"), 3), Day("2024-05-04"));
}

TEST(WorkingDaysTest, CountsWorkingTimeWithinTheHoursOfADay) {
  const WorkingDays days = Spring2024();
  const auto minutes = [&](int from_hour, int from_minute, int to_hour, int to_minute) {
    return Minutes(days.WorkingTime(At("2024-03-05", from_hour, from_minute),
                                    At("2024-03-05", to_hour, to_minute)));
  };
  EXPECT_EQ(minutes(0, 0, 7, 30), 0);
  EXPECT_EQ(minutes(7, 0, 8, 0), 30);
  EXPECT_EQ(minutes(11, 0, 14, 0), 60);  // around noon
  EXPECT_EQ(minutes(11, 30, 13, 30), 0);
  EXPECT_EQ(minutes(0, 0, 24, 0), 450);
  EXPECT_EQ(minutes(10, 0, 9, 0), 0);
}

TEST(WorkingDaysTest, CountsNoWorkingTimeOverNightsAndHolidays) {
  const WorkingDays days = Spring2024();
  EXPECT_EQ(Minutes(days.WorkingTime(At("2024-02-07", 16, 30), At("2024-02-15", 8, 0))), 60);
  EXPECT_EQ(Minutes(days.WorkingTime(At("2024-05-03", 17, 0), At("2024-05-06", 0, 0))), 450);
  const Timestamp opening = At("2024-02-15", 7, 30);
  EXPECT_EQ(days.WorkingTime(At("2024-02-08", 9, 0), opening), Duration{});
  EXPECT_EQ(days.WorkingTime(At("2024-02-08", 9, 0), {opening.nanos + 1}), Duration{1});
}

TEST(WorkingDaysTest, WorkingTimeIsWhatCountingItsMinutesGives) {
  const WorkingDays days = Spring2024();
  std::mt19937_64 random(20240208);
  const Timestamp begin = At("2024-01-25", 0, 0);
  for (int round = 0; round < 100; ++round) {
    const Timestamp from{begin.nanos + static_cast<std::int64_t>(random() % 140'000) * kMinute};
    const auto length = static_cast<std::int64_t>(random() % 20'000);
    std::int64_t worked = 0;
    for (std::int64_t minute = 0; minute < length; ++minute) {
      const Timestamp time{from.nanos + minute * kMinute};
      const CivilDate date = CivilDate::Containing(time);
      const std::int64_t of_day = Minutes(time - date.Start());
      const bool open = (of_day >= 450 && of_day < 690) || (of_day >= 810 && of_day < 1'020);
      if (open && days.IsWorkingDay(date)) ++worked;
    }
    ASSERT_EQ(Minutes(days.WorkingTime(from, {from.nanos + length * kMinute})), worked);
  }
}

TEST(WorkingDaysTest, WorkingTimeAddsUpOverYears) {
  const WorkingDays days = Spring2024();
  Duration sum;
  for (CivilDate date = Day("1960-01-01"); date < Day("2030-01-01"); ++date.days) {
    sum.nanos += days.WorkingTime(date.Start(), CivilDate{date.days + 1}.Start()).nanos;
  }
  EXPECT_EQ(days.WorkingTime(Day("1960-01-01").Start(), Day("2030-01-01").Start()), sum);
}

TEST(WorkingDaysTest, TheLatestCloseIsTheEndOfTheHoursOfAWorkingDay) {
  const WorkingDays days = Spring2024();
  const Timestamp close = At("2024-02-07", 17, 0);
  EXPECT_EQ(days.LatestClose({close.nanos - 1}), At("2024-02-06", 17, 0));
  EXPECT_EQ(days.LatestClose(close), close);
  EXPECT_EQ(days.LatestClose(At("2024-02-15", 16, 59)), close);
}

}  // namespace
}  // namespace iocd::domain
