#include "domain/scorecard.h"

#include <optional>

#include "domain/maintained.h"

namespace iocd::domain {

absl::string_view ScopeOf(const Catalogue& catalogue, const Target& target) {
  if (!target.department) return kProvinceScope;
  return catalogue.data().departments[*target.department].code;
}

absl::string_view OwnerOf(const Catalogue& catalogue, const Target& target) {
  const CatalogueData& data = catalogue.data();
  const std::optional<std::size_t>& owner = data.indicators[target.indicator].owner;
  if (owner) return data.departments[*owner].code;
  if (target.department) return data.departments[*target.department].code;
  return {};
}

TargetRow AssessTarget(const Reading& reading, const Target& target) {
  TargetRow row;
  row.target = &target;
  Reading now = reading;
  now.period = std::nullopt;
  row.actual = ActualOf(now, target);
  if (row.actual && target.terms.trajectory == Trajectory::kMaintain) {
    row.actual->fell_short_before = FellShortBefore(reading, target, row.actual->data_end);
  }
  row.assessment = Assess(target.terms, row.actual, reading.now);
  return row;
}

}  // namespace iocd::domain
