#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::domain {

/// A time of day is the Duration since the midnight with which the day begins: +07:00 knows no days
/// of another length than 24 hours.

/// Strict "HH:MM", from 00:00 to 24:00, the midnight that ends the day; nullopt for anything else.
std::optional<Duration> ParseTimeOfDay(absl::string_view text);

/// "07:30". `time` is a whole number of minutes, as ParseTimeOfDay() returns it.
std::string TimeOfDayText(Duration time);

}  // namespace iocd::domain
