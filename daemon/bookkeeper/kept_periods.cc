#include "bookkeeper/kept_periods.h"

#include <optional>

namespace iocd::bookkeeper {
namespace {

using domain::Period;

/// The first period of that kind in the year.
Period FirstOf(domain::PeriodKind kind, const Period& year) {
  return Period::Containing(kind, year.calendar, year.Start()).value_or(year);
}

}  // namespace

std::vector<KeptYear> KeptYears(domain::CalendarKind calendar, const domain::DueRule& due,
                                const domain::WorkingDays& days, Timestamp now) {
  std::vector<KeptYear> years;
  const std::optional<Period> present =
      Period::Containing(domain::PeriodKind::kYear, calendar, now);
  if (!present) return years;  // every instant lies in a year
  Period year = *present;
  for (int back = 0; back <= kObservedYears; ++back, year = year.Previous()) {
    KeptYear& ended = years.emplace_back();
    for (const domain::PeriodKind kind : kKeptKinds) {
      for (Period period = FirstOf(kind, year); period.End() <= year.End();
           period = period.Next()) {
        const domain::PeriodState state =
            domain::PeriodStateAt(now, period, domain::DueTimesOf(due, period, days));
        if (state == domain::PeriodState::kOpen) break;
        ended.push_back({period, state == domain::PeriodState::kClosed});
      }
    }
  }
  return years;
}

}  // namespace iocd::bookkeeper
