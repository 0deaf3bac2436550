#include <iostream>

#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/target_scope.h"
#include "iocctl/targets_view.h"
#include "iocctl/terminal.h"
#include "tool/daemon_query.h"

namespace iocctl {

int RunTargets(const CommonOptions& common, const TargetsOptions& options) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const ioc::tool::DaemonQuery daemon(common.target, *channel);
  const auto targets = TargetsShownOf(daemon, options.scope, options.all);
  if (!targets.ok()) return Fail(ExitCodeOf(targets.status()), targets.status().message());
  if (common.json) {
    std::cout << TargetsJson(*targets) << "\n";
    return kDone;
  }
  const auto departments = daemon.Departments();
  if (!departments.ok())
    return Fail(ExitCodeOf(departments.status()), departments.status().message());
  const auto indicators = daemon.Indicators();
  if (!indicators.ok()) return Fail(ExitCodeOf(indicators.status()), indicators.status().message());
  const CatalogueNames names(*departments, *indicators, options.language);
  std::cout << TargetsTables(*targets, names, options.language, WantsColor());
  return kDone;
}

}  // namespace iocctl
