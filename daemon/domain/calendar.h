#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/civil_date.h"

namespace iocd::domain {

/// Where months begin. `kAdmin`: the month of the administration's reports, from the 15th of the
/// month before to the 14th; quarters, halves, nine months and years are built of those. Days and
/// weeks begin and end at the same instants in both; of them the calendar only decides in which
/// year they lie.
enum class CalendarKind : std::uint8_t { kCivil, kAdmin };
absl::string_view CalendarName(CalendarKind calendar);  // "civil"
std::optional<CalendarKind> ParseCalendar(absl::string_view name);

enum class PeriodKind : std::uint8_t { kDay, kWeek, kMonth, kQuarter, kHalf, kNineMonths, kYear };

/// A calendar period: half-open, from midnight to midnight, +07:00 (docs/calendar.md). Periods of
/// one kind and calendar tile time, each `ordinal` following the one before. Nine months are the
/// exception: the first nine of a year, one period a year, and the last three months lie in none.
struct Period {
  PeriodKind kind{};
  CalendarKind calendar{};
  std::int64_t ordinal = 0;  // days and ISO weeks from 1970's first; otherwise from the year 0 on

  /// The period of that kind in which `date` lies; nullopt only for nine months, of a date in the
  /// last three.
  static std::optional<Period> Containing(PeriodKind kind, CalendarKind calendar, CivilDate date);
  static std::optional<Period> Containing(PeriodKind kind, CalendarKind calendar, Timestamp time);

  CivilDate Start() const;
  CivilDate End() const;  // exclusive

  Period Next() const { return {kind, calendar, ordinal + 1}; }
  Period Previous() const { return {kind, calendar, ordinal - 1}; }

  /// What it is compared with in the year before (cùng kỳ): the same month, quarter and so on; the
  /// same day of the month, and 28 February for the 29th; the ISO week of the same number, and week
  /// 52 for the 53rd (no two years in a row have one).
  Period SamePeriodLastYear() const;

  /// The year of its calendar in which it lies, for figures that accumulate from the start of the
  /// year (lũy kế). A week lies where its Thursday does: in the civil calendar that is the year
  /// in its name.
  Period Year() const;

  /// "2024-02-29", "2024-W01", "2024-01", "2024-Q1", "2024-H1", "2024-9M", "2024": the same in both
  /// calendars.
  std::string ToText() const;

  friend constexpr bool operator==(const Period&, const Period&) = default;
};

/// The period with that ToText(), in a year from kMinYear to kMaxYear; nullopt for any other text.
std::optional<Period> ParsePeriod(absl::string_view text, CalendarKind calendar);

}  // namespace iocd::domain
