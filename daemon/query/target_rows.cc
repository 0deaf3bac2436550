#include "query/target_rows.h"

#include <numeric>

#include "domain/scorecard.h"
#include "query/to_proto.h"

namespace iocd::query {

std::vector<std::size_t> TargetsOfScope(const domain::Catalogue& catalogue, absl::string_view scope,
                                        bool superseded) {
  const std::vector<domain::Target>& targets = catalogue.data().targets;
  std::vector<std::size_t> indices = catalogue.TargetsInForce();
  if (superseded) {
    indices.resize(targets.size());
    std::iota(indices.begin(), indices.end(), 0);
  }
  std::erase_if(indices, [&](std::size_t index) {
    return !scope.empty() && domain::ScopeOf(catalogue, targets[index]) != scope;
  });
  return indices;
}

ioc::v1::TargetRow AssessedRow(const engine::Engine& engine, const domain::Catalogue& catalogue,
                               std::size_t target, Timestamp now) {
  domain::TargetRow row;
  engine.Read([&](const engine::State& state) {
    row = domain::AssessTarget(domain::Reading{catalogue, state, now},
                               catalogue.data().targets[target]);
  });
  return ToProto(catalogue, row);
}

}  // namespace iocd::query
