#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "iocctl/catalogue_names.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/harmless_text.h"
#include "iocctl/json_text.h"
#include "iocctl/local_text.h"
#include "iocctl/stop_watch.h"
#include "iocctl/terminal.h"
#include "iocctl/watch_view.h"
#include "tool/daemon_query.h"
#include "tool/watching.h"

namespace iocctl {

int RunWatch(const CommonOptions& common, const WatchOptions& options) {
  const sigset_t signals = BlockStopSignals();
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const ioc::tool::DaemonQuery daemon(common.target, *channel);
  const auto departments = daemon.Departments();
  if (!departments.ok()) return Fail(kFailed, departments.status().message());
  const auto indicators = daemon.Indicators();
  if (!indicators.ok()) return Fail(kFailed, indicators.status().message());
  WatchView view(CatalogueNames(*departments, *indicators, options.language), options.language,
                 WantsColor());
  ioc::tool::Watching watching({.target = common.target,
                                .channel = *channel,
                                .scope = options.scope,
                                .on_message =
                                    [&](const ioc::v1::WatchResponse& message) {
                                      // Whoever reads a pipe is to see it now.
                                      if (common.json) {
                                        std::cout << ToJson(message) << std::endl;
                                      } else {
                                        std::cout << view.Show(message) << std::flush;
                                      }
                                    },
                                .log =
                                    [](const std::string& sentence) {
                                      std::cerr << absl::StrCat("iocctl: ", LocalText(absl::Now()),
                                                                " ", HarmlessText(sentence), "\n");
                                    }});
  StopWatch stop_watch(signals, std::nullopt, [&] { watching.Stop(); });
  const absl::Status status = watching.Run();
  stop_watch.Join();
  return status.ok() ? kDone : Fail(ExitCodeOf(status), status.message());
}

}  // namespace iocctl
