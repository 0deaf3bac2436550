#include "domain/time_of_day.h"

#include <gtest/gtest.h>

namespace iocd::domain {
namespace {

TEST(TimeOfDayTest, TextAndTimeAreOne) {
  EXPECT_EQ(ParseTimeOfDay("00:00"), Duration::Seconds(0));
  EXPECT_EQ(ParseTimeOfDay("07:30"), Duration::Seconds(27'000));
  EXPECT_EQ(ParseTimeOfDay("24:00"), Duration::Days(1));
  for (const char* text : {"00:00", "07:30", "17:00", "23:59", "24:00"}) {
    EXPECT_EQ(TimeOfDayText(ParseTimeOfDay(text).value()), text);
  }
}

TEST(TimeOfDayTest, RefusesWhatIsNoTimeOfDay) {
  for (const char* text : {"", "7:30", "07:60", "24:01", "25:00", "07-30", "07:30 ", "17h00",
                           "-1:00", "+7:30", " 7:30", "07:+1", "07:3", "17:00:00"}) {
    EXPECT_FALSE(ParseTimeOfDay(text)) << text;
  }
}

}  // namespace
}  // namespace iocd::domain
