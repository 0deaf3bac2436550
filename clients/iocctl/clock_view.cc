#include "iocctl/clock_view.h"

#include "absl/strings/str_cat.h"
#include "iocctl/local_text.h"

namespace iocctl {
std::string ClockText(const ioc::v1::ClockState& state) {
  return absl::StrCat("The daemon's clock says   ", LocalText(state.wall_time()), "\n",  //
                      "By the time since boot    ",
                      state.has_expected_time() ? LocalText(state.expected_time())
                                                : "not known: in doubt since the daemon's start",
                      "\n",  //
                      "Newest batch in the log   ",
                      state.has_newest_arrival() ? LocalText(state.newest_arrival()) : "none", "\n",
                      state.in_doubt() ? state.doubt() : "The clock is not in doubt.", "\n");
}

}  // namespace iocctl
