#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace iocctl {

/// An event time as people write it: RFC 3339 ("2024-05-04T08:00:00+07:00"), "now", a day
/// ("2024-05-04": its first instant in +07:00) or a year ("2024": its end, 2025-01-01 in +07:00).
/// InvalidArgument with a sentence for anything else.
absl::StatusOr<absl::Time> ParseEventTime(absl::string_view text, absl::Time now);

/// A value as people write it. "47.82%" is 0.4782, only where the unit is percent; a plain number
/// is taken as it stands, which for a percent means a fraction, so there a number above 1 that has
/// no sign is refused.
absl::StatusOr<double> ParseValue(absl::string_view text, absl::string_view unit);

}  // namespace iocctl
