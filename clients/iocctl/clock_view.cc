#include "iocctl/clock_view.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "base/timestamp.h"

namespace iocctl {
namespace {

std::string TimeText(const google::protobuf::Timestamp& time) {
  return iocd::ToLocalText({time.seconds() * std::int64_t{1'000'000'000} + time.nanos()});
}

}  // namespace

std::string ClockText(const ioc::v1::ClockState& state) {
  return absl::StrCat("The daemon's clock says   ", TimeText(state.wall_time()), "\n",  //
                      "By the time since boot    ",
                      state.has_expected_time() ? TimeText(state.expected_time())
                                                : "not known: in doubt since the daemon's start",
                      "\n",  //
                      "Newest batch in the log   ",
                      state.has_newest_arrival() ? TimeText(state.newest_arrival()) : "none", "\n",
                      state.in_doubt() ? state.doubt() : "The clock is not in doubt.", "\n");
}

}  // namespace iocctl
