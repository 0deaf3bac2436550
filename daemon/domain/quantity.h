#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace iocd::domain {

/// The unit whose values are fractions inside the daemon and on the wire, and percent for people.
inline constexpr absl::string_view kPercentUnit = "percent";

/// Reads a number as people write it in YAML, CSV and on the command line. Unit "percent" needs the
/// sign: "47.82%" is 0.4782, the double nearest to it, because the text is shifted by two decimal
/// places and never divided. Every other unit takes a plain number and no sign.
///
/// InvalidArgument: anything else, also infinities, NaN and a decimal comma. The message is a
/// clause that fits behind a place ("'48.56' has no '%' …").
absl::StatusOr<double> ParseQuantity(absl::string_view text, absl::string_view unit);

/// For messages to people: "47.82%" for unit "percent", the plain number otherwise; six digits.
std::string QuantityToText(double value, absl::string_view unit);

}  // namespace iocd::domain
