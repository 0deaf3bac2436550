#include "domain/maintained.h"

#include <algorithm>
#include <vector>

#include "domain/report_duty.h"
#include "domain/target_comparison.h"

namespace iocd::domain {

bool FellShortBefore(const Reading& reading, const Target& target, Timestamp data_end) {
  const std::vector<Indicator>& indicators = reading.catalogue.data().indicators;
  const Indicator& indicator = indicators[target.indicator];
  const CivilDate from = target.terms.baseline ? target.terms.baseline_date : target.document_date;
  const std::size_t reported =
      target.department ? target.indicator : indicator.fed_by.value_or(target.indicator);
  const bool windowed = IsWindowed(indicators[reported].kind);
  const CivilDate last_day = PeriodDayOf(indicators[reported].kind, data_end);
  const CivilDate kept_from{last_day.days - kKeptHalfMonths / 2 * 31};

  Reading at = reading;
  const auto latest =
      Period::Containing(std::max(PeriodKind::kMonth, PeriodReportedBy(indicator.cadence)),
                         indicator.calendar, last_day);
  if (!latest) return false;
  for (Period period = latest->Previous(); period.End() > std::max(from, kept_from);
       period = period.Previous()) {
    if (target.terms.deadline && period.End() > *target.terms.deadline) continue;
    at.period = period;
    const Combined combined = ScopeValue(at, target);
    if (!combined.value) continue;
    // A figure up to the day of the baseline is what the target began with.
    const bool of_before = !windowed && combined.aggregate.time <= from.Start();
    if (!of_before && !IsMet(target.terms, *combined.value)) return true;
  }
  return false;
}

}  // namespace iocd::domain
