#include <iostream>

#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "iocctl/reports_view.h"
#include "iocctl/terminal.h"
#include "tool/daemon_query.h"

namespace iocctl {

int RunReports(const CommonOptions& common, const ReportsOptions& options) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const ioc::tool::DaemonQuery daemon(common.target, *channel);
  const auto reports = daemon.Reports(options.scope, options.year, options.all);
  if (!reports.ok()) return Fail(ExitCodeOf(reports.status()), reports.status().message());
  if (common.json) {
    std::cout << ToJson(ToJsonObject(*reports)) << "\n";
    return kDone;
  }
  const auto departments = daemon.Departments();
  if (!departments.ok())
    return Fail(ExitCodeOf(departments.status()), departments.status().message());
  const auto indicators = daemon.Indicators();
  if (!indicators.ok()) return Fail(ExitCodeOf(indicators.status()), indicators.status().message());
  std::cout << ReportsText({*departments, *indicators, *reports}, options.language, options.all,
                           WantsColor());
  return kDone;
}

}  // namespace iocctl
