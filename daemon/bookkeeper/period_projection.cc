#include "bookkeeper/period_projection.h"

#include <string>

#include "domain/shown_windows.h"

namespace iocd::bookkeeper {
namespace {

using domain::Combined;
using domain::Kind;

ledger::PeriodFigures FiguresOf(Kind kind, const Combined& combined) {
  ledger::PeriodFigures figures{.value = combined.value,
                                .numerator = std::nullopt,
                                .denominator = std::nullopt,
                                .events = combined.aggregate.events,
                                .members_have = static_cast<std::uint32_t>(combined.have),
                                .members_owe = static_cast<std::uint32_t>(combined.owe)};
  const bool in_parts = kind == Kind::kRatio || kind == Kind::kCoverage;
  if (in_parts && combined.aggregate.HasValue() && combined.aggregate.has_second) {
    figures.numerator = combined.aggregate.first;
    figures.denominator = combined.aggregate.second;
  }
  return figures;
}

}  // namespace

void ObservePeriods(const domain::Reading& reading, std::size_t indicator, const KeptYear& periods,
                    std::vector<ledger::PeriodObservation>* observations) {
  const domain::CatalogueData& data = reading.catalogue.data();
  const domain::Indicator& shown = data.indicators[indicator];
  const domain::Indicator& sent = domain::SentIndicator(reading.catalogue, shown);
  const auto observe = [&](const std::string& scope, const KeptPeriod& kept,
                           const Combined& combined) {
    if (!combined.aggregate.HasValue() && combined.have == 0) return;
    observations->push_back({{scope, shown.code, kept.period.calendar, kept.period.ToText()},
                             FiguresOf(sent.kind, combined),
                             kept.closed});
  };
  domain::Reading in = reading;
  for (const KeptPeriod& kept : periods) {
    in.period = kept.period;
    observe(ledger::kProvince, kept, domain::ProvinceValue(in, indicator));
    if (shown.fed_by) continue;
    for (const std::size_t department : reading.catalogue.ReportersOf(indicator)) {
      observe(data.departments[department].code, kept,
              domain::DepartmentValue(in, department, indicator));
    }
  }
}

}  // namespace iocd::bookkeeper
