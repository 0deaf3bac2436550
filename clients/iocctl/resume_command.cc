#include <iostream>

#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "iocctl/resume_view.h"
#include "tool/daemon_query.h"

namespace iocctl {

int RunResume(const CommonOptions& common, const ResumeOptions& options) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const ioc::tool::DaemonQuery daemon(common.target, *channel);
  const auto resumed = daemon.Resume(options.department, options.producer);
  if (!resumed.ok()) return Fail(kFailed, resumed.status().message());
  if (common.json) {
    std::cout << ToJson(ToJsonObject(*resumed)) << "\n";
  } else {
    std::cout << ResumeText(options.department, options.producer, *resumed);
  }
  return kDone;
}

}  // namespace iocctl
