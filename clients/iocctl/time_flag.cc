#include "iocctl/time_flag.h"

#include "absl/strings/str_cat.h"
#include "iocctl/event_text.h"

namespace iocctl {

absl::StatusOr<std::optional<iocd::Timestamp>> ParseTimeFlag(absl::string_view flag,
                                                             const std::string& text,
                                                             absl::Time now) {
  if (text.empty()) return std::nullopt;
  const auto time = ParseEventTime(text, now);
  if (!time.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(flag, ": ", time.status().message()));
  }
  return iocd::Timestamp{absl::ToUnixNanos(*time)};
}

}  // namespace iocctl
