#include <iostream>

#include "absl/strings/str_cat.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "tool/daemon_query.h"

namespace iocctl {

int RunHealth(const CommonOptions& common) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const auto health = ioc::tool::DaemonQuery(common.target, *channel).Health();
  if (!health.ok()) return Fail(kFailed, health.status().message());
  const bool serving = health->status() == grpc::health::v1::HealthCheckResponse::SERVING;
  if (common.json) {
    std::cout << ToJson(ToJsonObject(*health)) << "\n";
    return serving ? kDone : kFailed;
  }
  if (!serving) {
    return Fail(kFailed, absl::StrCat("the daemon at ", common.target,
                                      " is there but takes no batches; GET /-/ready says why"));
  }
  std::cout << "The daemon at " << common.target << " takes batches.\n";
  return kDone;
}

}  // namespace iocctl
