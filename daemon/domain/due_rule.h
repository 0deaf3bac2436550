#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/cadence.h"
#include "domain/calendar.h"
#include "domain/working_days.h"

namespace iocd::domain {

/// The last day of a month that every month has.
inline constexpr int kLastDueDay = 28;

/// The day on which the report of a period is due. What falls on a day that is not worked is due on
/// the next one that is.
struct DueDay {
  enum class Sort : std::uint8_t {
    kWorkingDays,  // the `number`th working day after the last day of the period; 0: that day
    kOfMonth,      // the first day `number`, 1 to 28, of a month at or after the period's end
    kEndOfMonth,   // the last day of the month into which the period's end falls
  };
  Sort sort = Sort::kWorkingDays;
  int number = 0;

  friend constexpr bool operator==(const DueDay&, const DueDay&) = default;
};

/// "1" to "28", or "last": a day that every month has. Otherwise a sentence that says so.
absl::StatusOr<DueDay> ParseDueDay(absl::string_view text);

/// When the report of a period is owed, and how long one that is late is taken. Grace and late days
/// are working days, so that no holiday eats them.
struct DueRule {
  Duration max_silence;  // realtime only: working time within which an event must come
  DueDay day;
  Duration by = Duration::Seconds(17 * 3'600);  // time of day, on the due day and the last of grace
  int grace_days = 0;                           // after the due day; not late until they are over
  int late_days = 0;                            // after those; then the period is closed

  friend constexpr bool operator==(const DueRule&, const DueRule&) = default;
};

/// What holds unless the catalogue says otherwise (docs/calendar.md has the table).
DueRule DefaultDueRule(Cadence cadence);

/// The instants that decide about one period.
struct DueTimes {
  bool owed = true;     // false: nothing is owed for a day that is not worked
  Timestamp owed_from;  // when the period ends, or when the due day begins if that is before
  Timestamp due_at;
  Timestamp late_from;  // due_at, or the same time of day after the days of grace
  Timestamp closes_at;  // the midnight after the last late day; not before the period's end
};
DueTimes DueTimesOf(const DueRule& rule, const Period& period, const WorkingDays& days);

/// How far a period has come. That a closed one was restated is seen from its revisions.
enum class PeriodState : std::uint8_t {
  kOpen,         // not ended
  kProvisional,  // ended; late figures are taken
  kClosed,
};
absl::string_view PeriodStateName(PeriodState state);  // "open"
PeriodState PeriodStateAt(Timestamp now, const Period& period, const DueTimes& times);

}  // namespace iocd::domain
