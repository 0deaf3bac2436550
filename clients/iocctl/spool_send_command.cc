#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/struct.pb.h"
#include "ioc/client/spool_sender.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "iocctl/local_text.h"
#include "iocctl/stop_watch.h"
#include "iocctl/terminal.h"

namespace iocctl {
namespace {

void Report(const ioc::client::SpoolState& state, std::uint64_t answered, bool json) {
  if (json) {
    google::protobuf::Struct object;
    auto& fields = *object.mutable_fields();
    fields["answered_events"].set_number_value(static_cast<double>(answered));
    fields["waiting_batches"].set_number_value(static_cast<double>(state.waiting_batches));
    fields["waiting_events"].set_number_value(static_cast<double>(state.waiting_events));
    fields["rejected_events"].set_number_value(static_cast<double>(state.dead_letters));
    std::cout << ToJson(object) << "\n";
  } else {
    std::cout << "Answered: " << answered << " events. Waiting: " << state.waiting_batches
              << " batches, " << state.waiting_events
              << " events. Refused and kept: " << state.dead_letters << " events.\n";
  }
}

}  // namespace

int RunSpoolSend(const CommonOptions& common, const SpoolSendOptions& options) {
  const sigset_t signals = BlockStopSignals();
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  auto spool = ioc::client::Spool::Open(options.spool);
  if (!spool.ok()) return Fail(ExitCodeOf(spool.status()), spool.status().message());
  Progress progress("events answered", 0);
  std::uint64_t answered = 0;
  const auto sender = ioc::client::SpoolSender::Make(
      *std::move(spool),
      {.target = common.target,
       .channel = *channel,
       .until_empty = options.until_empty,
       .now = [] { return absl::Now(); },
       .log =
           [&](const std::string& line) {
             progress.Say(absl::StrCat(LocalText(absl::Now()), " ", line));
           },
       .on_filed = [&](std::uint64_t events) { progress.Show(answered += events); }});
  if (!sender.ok()) return Fail(kFailed, sender.status().message());
  StopWatch watch(signals, options.seconds, [&] { (*sender)->Stop(); });
  const absl::Status status = (*sender)->Run();
  const bool timed_out = watch.Join();
  if (!status.ok()) return Fail(kFailed, status.message());
  const auto again = ioc::client::Spool::Open(options.spool);
  if (!again.ok()) return Fail(kFailed, again.status().message());
  const auto state = (*again)->State();
  if (!state.ok()) return Fail(kFailed, state.status().message());
  Report(*state, answered, common.json);
  if (!options.until_empty || !timed_out || state->waiting_batches == 0) return kDone;
  return Fail(kFailed, "the time of --for was over before the spool was empty");
}

}  // namespace iocctl
