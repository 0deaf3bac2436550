#pragma once

#include <vector>

#include "base/timestamp.h"
#include "domain/calendar.h"
#include "domain/due_rule.h"
#include "domain/working_days.h"

namespace iocd::bookkeeper {

/// The kinds of period whose values are kept for years.
inline constexpr domain::PeriodKind kKeptKinds[] = {
    domain::PeriodKind::kMonth, domain::PeriodKind::kQuarter, domain::PeriodKind::kHalf,
    domain::PeriodKind::kNineMonths, domain::PeriodKind::kYear};

/// How many years back they are observed, the present one apart: one less than every series is sure
/// to hold whole (domain/period_history.h), so that nothing looks changed because it was forgotten.
inline constexpr int kObservedYears = 10;

struct KeptPeriod {
  domain::Period period;
  bool closed = false;  // late figures are no longer taken
};

/// Of one year the periods of those kinds that have ended.
using KeptYear = std::vector<KeptPeriod>;

/// All that have ended by `now`, newest year first.
std::vector<KeptYear> KeptYears(domain::CalendarKind calendar, const domain::DueRule& due,
                                const domain::WorkingDays& days, Timestamp now);

}  // namespace iocd::bookkeeper
