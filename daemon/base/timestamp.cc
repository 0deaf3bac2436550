#include "base/timestamp.h"

#include "absl/time/time.h"

namespace iocd {

std::string ToLocalText(Timestamp time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S%Ez", absl::FromUnixNanos(time.nanos),
                          absl::FixedTimeZone(7 * 60 * 60));
}

}  // namespace iocd
