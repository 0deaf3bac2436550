#include "bookkeeper/observations.h"

#include "domain/shown_windows.h"
#include "ledger/finite.h"

namespace iocd::bookkeeper {

std::vector<Observation> Observe(const standing::Standing& standing) {
  const domain::Catalogue& catalogue = *standing.catalogue;
  const domain::CatalogueData& data = catalogue.data();
  std::vector<Observation> all;
  for (const domain::TargetRow& row : standing.targets) {
    const domain::Indicator& indicator = data.indicators[row.target->indicator];
    Observation& seen = all.emplace_back();
    seen.key = {kTargetStatus, std::string(domain::ScopeOf(catalogue, *row.target)), indicator.code,
                row.target->deadline_text};
    seen.text = std::string(domain::TargetStatusName(row.assessment.status));
    if (row.actual) seen.value = ledger::Finite(row.actual->value);
    seen.flows = domain::IsWindowed(domain::SentIndicator(catalogue, indicator).kind);
  }
  for (std::size_t i = 0; i < standing.departments.size(); ++i) {
    const std::string& department = data.departments[i].code;
    for (const domain::Report& report : standing.departments[i].present) {
      Observation& seen = all.emplace_back();
      seen.key = {kFreshness, department, data.indicators[report.indicator].code, ""};
      seen.text = std::string(domain::FreshnessName(report.freshness));
    }
    if (standing.departments[i].present.empty()) continue;  // it owes nothing
    Observation& seen = all.emplace_back();
    seen.key = {kCompleteness, department, "", ""};
    seen.value = standing.departments[i].punctuality.Completeness();
  }
  return all;
}

}  // namespace iocd::bookkeeper
