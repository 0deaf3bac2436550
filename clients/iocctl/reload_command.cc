#include <iostream>

#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "tool/daemon_query.h"

namespace iocctl {
namespace {

void PrintChanges(const ioc::v1::ReloadResponse& reloaded) {
  if (reloaded.changes().empty()) {
    std::cout << "Reloaded; the configuration says what it said before.\n";
    return;
  }
  std::cout << "Reloaded:\n";
  for (const std::string& change : reloaded.changes()) std::cout << "  " << change << "\n";
}

}  // namespace

int RunReload(const CommonOptions& common) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const auto reloaded = ioc::tool::DaemonQuery(common.target, *channel).Reload();
  if (!reloaded.ok()) return Fail(kFailed, reloaded.status().message());
  const bool done = reloaded->mistakes().empty();
  if (common.json) {
    std::cout << ToJson(ToJsonObject(*reloaded)) << "\n";
    return done ? kDone : kBadUsage;
  }
  if (done) {
    PrintChanges(*reloaded);
    return kDone;
  }
  for (const std::string& mistake : reloaded->mistakes()) std::cerr << mistake << "\n";
  return Fail(kBadUsage, "nothing was reloaded; the daemon goes on as it was");
}

}  // namespace iocctl
