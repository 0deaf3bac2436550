#include "iocctl/target_scope.h"

#include <algorithm>
#include <utility>

#include "domain/scorecard.h"

namespace iocctl {

bool IsDepartment(const std::string& scope) {
  return !scope.empty() && scope != iocd::domain::kProvinceScope;
}

absl::StatusOr<ioc::v1::ListTargetsResponse> TargetsShownOf(const ioc::tool::DaemonQuery& daemon,
                                                            const std::string& scope,
                                                            bool superseded) {
  auto of_scope = daemon.Targets(scope, superseded);
  if (!of_scope.ok() || !IsDepartment(scope)) return of_scope;
  auto every = daemon.Targets("", superseded);
  if (!every.ok()) return every;
  auto& rows = *every->mutable_targets();
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [&](const ioc::v1::TargetRow& row) {
                              return row.scope() != scope && row.owner() != scope;
                            }),
             rows.end());
  return every;
}

absl::StatusOr<ioc::v1::GetScorecardResponse> ScorecardShownOf(const ioc::tool::DaemonQuery& daemon,
                                                               const std::string& scope) {
  auto scorecard = daemon.Scorecard(scope);
  if (!scorecard.ok() || !IsDepartment(scope)) return scorecard;
  auto targets = TargetsShownOf(daemon, scope, /*superseded=*/false);
  if (!targets.ok()) return targets.status();
  *scorecard->mutable_targets() = std::move(*targets->mutable_targets());
  *scorecard->mutable_time() = targets->time();
  return scorecard;
}

}  // namespace iocctl
