#include "domain/civil_date.h"

#include "absl/strings/ascii.h"
#include "absl/time/civil_time.h"
#include "domain/floor_division.h"

namespace iocd::domain {
namespace {

constexpr Duration kDay = Duration::Days(1);
constexpr Duration kZoneOffset = Duration::Seconds(7 * 3'600);
constexpr absl::CivilDay kEpochDay(1970, 1, 1);

/// The number that the digits of `text` spell, or nullopt if anything but a digit stands there.
std::optional<int> ParseDigits(absl::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<int> ParseYear(absl::string_view text) {
  if (text.size() != 4) return std::nullopt;
  const std::optional<int> year = ParseDigits(text);
  if (!year || *year < kMinYear || *year > kMaxYear) return std::nullopt;
  return year;
}

}  // namespace

CivilDate CivilDate::FromYearMonthDay(int year, int month, int day) {
  return {absl::CivilDay(year, month, day) - kEpochDay};
}

CivilDate CivilDate::Containing(Timestamp time) {
  const std::int64_t in_utc = FloorDiv(time.nanos, kDay.nanos);
  const bool next = FloorMod(time.nanos, kDay.nanos) >= kDay.nanos - kZoneOffset.nanos;
  return {next ? in_utc + 1 : in_utc};
}

Timestamp CivilDate::Start() const { return Timestamp{days * kDay.nanos} - kZoneOffset; }

std::string CivilDate::ToText() const { return absl::FormatCivilTime(kEpochDay + days); }

std::optional<CivilDate> ParseDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::optional<int> year = ParseYear(text.substr(0, 4));
  const std::optional<int> month = ParseDigits(text.substr(5, 2));
  const std::optional<int> day = ParseDigits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const absl::CivilDay date(*year, *month, *day);
  // A day that does not exist has been moved to one that does.
  if (date.month() != *month || date.day() != *day) return std::nullopt;
  return CivilDate{date - kEpochDay};
}

std::optional<CivilDate> ParseDateOrYearEnd(absl::string_view text) {
  if (const std::optional<int> year = ParseYear(text)) {
    return CivilDate::FromYearMonthDay(*year + 1, 1, 1);
  }
  return ParseDate(text);
}

}  // namespace iocd::domain
