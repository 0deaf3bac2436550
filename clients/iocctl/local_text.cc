#include "iocctl/local_text.h"

#include <cstdint>

#include "base/timestamp.h"

namespace iocctl {

std::string LocalText(absl::Time time) { return iocd::ToLocalText({absl::ToUnixNanos(time)}); }

std::string LocalText(const google::protobuf::Timestamp& time) {
  return iocd::ToLocalText({time.seconds() * std::int64_t{1'000'000'000} + time.nanos()});
}

}  // namespace iocctl
