#include <iostream>

#include "iocctl/clock_view.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "tool/daemon_query.h"

namespace iocctl {

int RunClock(const CommonOptions& common, bool confirm) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const ioc::tool::DaemonQuery daemon(common.target, *channel);
  const auto state = confirm ? daemon.ConfirmClock() : daemon.Clock();
  if (!state.ok()) return Fail(kFailed, state.status().message());
  if (common.json) {
    std::cout << ToJson(ToJsonObject(*state)) << "\n";
  } else {
    std::cout << ClockText(*state);
  }
  return kDone;
}

}  // namespace iocctl
