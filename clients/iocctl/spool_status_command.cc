#include <iostream>

#include "absl/time/clock.h"
#include "ioc/client/channel.h"
#include "ioc/client/resume.h"
#include "ioc/client/spool_sender.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/spool_status_view.h"
#include "tool/daemon_query.h"

namespace iocctl {
namespace {

constexpr absl::Duration kDaemonTimeout = absl::Seconds(10);

}  // namespace

int RunSpoolStatus(const CommonOptions& common, const SpoolStatusOptions& options) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const auto spool = ioc::client::Spool::Open(options.spool);
  if (!spool.ok()) return Fail(ExitCodeOf(spool.status()), spool.status().message());
  if (options.acknowledge_loss) {
    const absl::Status done = (*spool)->AcknowledgeLoss();
    if (!done.ok()) return Fail(kFailed, done.message());
  }
  SpoolStatusData data;
  data.directory = options.spool;
  data.target = common.target;
  data.write = (*spool)->TestWrite();
  const auto state = (*spool)->State();
  if (!state.ok()) return Fail(kFailed, state.status().message());
  data.state = *state;
  data.has_sender = ioc::client::SpoolHasSender(options.spool);
  const auto stand =
      ioc::client::Resume(*channel, state->department, state->producer, kDaemonTimeout);
  const bool unreached = ioc::tool::IsUnreached(stand.status());
  data.daemon = unreached ? stand.status() : ioc::tool::ForPeople(stand.status(), common.target);
  if (stand.ok()) data.last_sequence = stand->last_sequence();
  data.now = absl::Now();
  if (common.json) {
    std::cout << SpoolStatusJson(data) << "\n";
  } else {
    std::cout << SpoolStatusText(data, options.language);
  }
  return NeedAttention(data).empty() ? kDone : kFailed;
}

}  // namespace iocctl
