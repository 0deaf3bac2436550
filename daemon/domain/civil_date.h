#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::domain {

/// A calendar day in the zone of the province, +07:00 all year. Counted in days since 1970-01-01.
struct CivilDate {
  std::int64_t days = 0;

  static CivilDate FromYearMonthDay(int year, int month, int day);  // normalises, e.g. day 32
  /// The day in +07:00 that contains `time`.
  static CivilDate Containing(Timestamp time);

  /// Midnight, +07:00, with which the day begins.
  Timestamp Start() const;
  std::string ToText() const;  // "2025-12-31"
  friend constexpr auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

/// Years that texts may name: any date in them fits a Timestamp, anything else is a typo.
inline constexpr int kMinYear = 1900;
inline constexpr int kMaxYear = 2199;

/// Strict "YYYY-MM-DD"; nullopt for anything else, also for days that do not exist and years
/// outside kMinYear..kMaxYear.
std::optional<CivilDate> ParseDate(absl::string_view text);

/// "2024" is the end of that year: the exclusive instant 2025-01-01; "2024-05-04" is that day
/// itself. The rule of data dates, baselines and deadlines (a deadline is exclusive).
std::optional<CivilDate> ParseDateOrYearEnd(absl::string_view text);

}  // namespace iocd::domain
