#include "iocctl/event_text.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/civil_date.h"
#include "domain/quantity.h"

namespace iocctl {

using iocd::domain::kPercentUnit;
using iocd::domain::ParseQuantity;

absl::StatusOr<absl::Time> ParseEventTime(absl::string_view text, absl::Time now) {
  if (text == "now") return now;
  if (const auto date = iocd::domain::ParseDateOrYearEnd(text); date.has_value()) {
    return absl::FromUnixNanos(date->Start().nanos);
  }
  absl::Time time;
  std::string error;
  // ParseTime takes text without an offset as UTC; officials would mean +07:00. So it is required.
  if (absl::StrContains(text, "T") && absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return time;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", text,
      "' is no time; write 2024-05-04T08:00:00+07:00, 2024-05-04 (that day), 2024 (the "
      "end of the year) or now"));
}

absl::StatusOr<double> ParseValue(absl::string_view text, absl::string_view unit) {
  text = absl::StripAsciiWhitespace(text);
  if (absl::EndsWith(text, "%")) {
    if (unit == kPercentUnit) return ParseQuantity(text, unit);
    return absl::InvalidArgumentError(
        absl::StrCat("'", text, "' has a '%', but the unit is ", unit));
  }
  absl::StatusOr<double> value = ParseQuantity(text, "");
  if (value.ok() && unit == kPercentUnit && *value > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", text, "' for a percent: write ", text, "%, or the fraction"));
  }
  return value;
}

}  // namespace iocctl
