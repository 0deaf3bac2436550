#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/calendar.h"
#include "domain/due_rule.h"
#include "domain/rollup.h"

namespace iocd::domain {

/// The three numbers that leaders read of a period: so far (of the year that is the accumulated
/// one, lũy kế), the one before, and the same one last year (cùng kỳ).
enum class WhichPeriod : std::uint8_t { kCurrent, kLast, kSameLastYear };
absl::string_view WhichPeriodName(WhichPeriod which);  // "same_last_year"

/// The kinds of period that are shown.
inline constexpr PeriodKind kShownPeriods[] = {PeriodKind::kDay, PeriodKind::kMonth,
                                               PeriodKind::kQuarter, PeriodKind::kYear};
absl::string_view PeriodKindName(PeriodKind kind);  // "month"

/// A period that is shown, and as what.
struct ShownPeriod {
  Period period;
  WhichPeriod which{};
};
inline constexpr std::size_t kShownPeriodCount = std::size(kShownPeriods) * 3;

/// Those that are shown at `now`, in the order of kShownPeriods and WhichPeriod. The last year and
/// the same one last year are one.
std::array<ShownPeriod, kShownPeriodCount> ShownPeriodsAt(Timestamp now, CalendarKind calendar);

/// One of them, of a department or the province.
struct PeriodFigure {
  Period period;
  WhichPeriod which{};
  PeriodState state{};
  Combined combined;  // with a value
};

/// Those that have a value, in the order of kShownPeriods and WhichPeriod, by the calendar and due
/// rule of the indicator (of one that is fed by another, of that other). `department` and
/// `indicator` are indices; without department the province's. `reading.window` and `.period` are
/// not looked at.
std::vector<PeriodFigure> PeriodFiguresOf(const Reading& reading,
                                          std::optional<std::size_t> department,
                                          std::size_t indicator);

}  // namespace iocd::domain
