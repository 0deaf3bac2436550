#include <iostream>

#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/status_view.h"
#include "iocctl/target_scope.h"
#include "iocctl/terminal.h"
#include "tool/daemon_query.h"

namespace iocctl {

int RunStatus(const CommonOptions& common, const StatusOptions& options) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const ioc::tool::DaemonQuery daemon(common.target, *channel);
  const auto departments = daemon.Departments();
  if (!departments.ok())
    return Fail(ExitCodeOf(departments.status()), departments.status().message());
  const auto indicators = daemon.Indicators();
  if (!indicators.ok()) return Fail(ExitCodeOf(indicators.status()), indicators.status().message());
  const auto scorecard = ScorecardShownOf(daemon, options.scope);
  if (!scorecard.ok()) return Fail(ExitCodeOf(scorecard.status()), scorecard.status().message());
  const StatusData data{*departments, *indicators, *scorecard, options.scope};
  if (common.json) {
    std::cout << StatusJson(data) << "\n";
  } else {
    std::cout << StatusText(data, {options.language, options.all, WantsColor()});
  }
  return kDone;
}

}  // namespace iocctl
