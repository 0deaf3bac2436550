#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/timestamp.h"

namespace iocctl {

/// The time that stands behind a flag, in the forms of ParseEventTime(); nullopt: the text is
/// empty. InvalidArgument names the flag. `now` is what "now" means.
absl::StatusOr<std::optional<iocd::Timestamp>> ParseTimeFlag(absl::string_view flag,
                                                             const std::string& text,
                                                             absl::Time now);

}  // namespace iocctl
