#include "domain/time_of_day.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace iocd::domain {
namespace {

constexpr std::int64_t kMinutesPerDay = 24 * 60;

}  // namespace

std::optional<Duration> ParseTimeOfDay(absl::string_view text) {
  std::int64_t hours = 0, minutes = 0;
  if (text.size() != 5 || !absl::SimpleAtoi(text.substr(0, 2), &hours) ||
      !absl::SimpleAtoi(text.substr(3), &minutes)) {
    return std::nullopt;
  }
  const std::int64_t all = hours * 60 + minutes;
  if (all < 0 || all > kMinutesPerDay) return std::nullopt;
  const Duration time = Duration::Seconds(all * 60);
  // Signs, blanks and minutes past 59 have led to another text.
  return TimeOfDayText(time) == text ? std::optional(time) : std::nullopt;
}

std::string TimeOfDayText(Duration time) {
  const std::int64_t minutes = time.ToWholeSeconds() / 60;
  return absl::StrFormat("%02d:%02d", minutes / 60, minutes % 60);
}

}  // namespace iocd::domain
