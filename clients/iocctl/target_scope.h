#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ioc/v1/query.pb.h"
#include "tool/daemon_query.h"

/// Which targets are shown of a scope.
namespace iocctl {

/// A department's code; neither "province" nor empty, which is every scope.
bool IsDepartment(const std::string& scope);

/// The targets that a department answers for: those of its scope, and those of any scope that it
/// owns. Of any other scope what the daemon calls its targets. NotFound, in the daemon's words: no
/// such scope.
absl::StatusOr<ioc::v1::ListTargetsResponse> TargetsShownOf(const ioc::tool::DaemonQuery& daemon,
                                                            const std::string& scope,
                                                            bool superseded);

/// The scorecard of a scope with the same targets, those in force, and their time.
absl::StatusOr<ioc::v1::GetScorecardResponse> ScorecardShownOf(const ioc::tool::DaemonQuery& daemon,
                                                               const std::string& scope);

}  // namespace iocctl
