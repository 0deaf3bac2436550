#include "iocctl/clock_view.h"

#include <gtest/gtest.h>

namespace iocctl {
namespace {

TEST(ClockViewTest, ShowsTheClockAndWhatItIsHeldAgainst) {
  ioc::v1::ClockState state;
  state.mutable_wall_time()->set_seconds(1'700'000'000);
  state.mutable_expected_time()->set_seconds(1'700'003'600);
  state.mutable_newest_arrival()->set_seconds(1'700'003'000);
  state.set_in_doubt(true);
  state.set_doubt("the daemon's clock is in doubt");
  EXPECT_EQ(ClockText(state),
            "The daemon's clock says   2023-11-15 05:13:20+07:00\n"
            "By the time since boot    2023-11-15 06:13:20+07:00\n"
            "Newest batch in the log   2023-11-15 06:03:20+07:00\n"
            "the daemon's clock is in doubt\n");
}

TEST(ClockViewTest, SaysWhatIsNotKnown) {
  EXPECT_EQ(ClockText({}),
            "The daemon's clock says   1970-01-01 07:00:00+07:00\n"
            "By the time since boot    not known: in doubt since the daemon's start\n"
            "Newest batch in the log   none\n"
            "The clock is not in doubt.\n");
}

}  // namespace
}  // namespace iocctl
