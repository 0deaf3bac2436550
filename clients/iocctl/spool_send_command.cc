#include <signal.h>

#include <cerrno>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/struct.pb.h"
#include "ioc/client/spool_sender.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "iocctl/local_text.h"
#include "iocctl/terminal.h"

namespace iocctl {
namespace {

constexpr int kOver = SIGUSR1;  // the stop watch's own

/// Blocks the signals that end the sending, in this and every later thread: before any thread of
/// gRPC starts, which would otherwise take one and end the process.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, kOver}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// Waits on a thread of its own for one of the signals (Ctrl-C, SIGTERM), which are blocked, or the
/// end of the time, and then calls `stop`.
class StopWatch {
 public:
  StopWatch(const sigset_t& signals, std::optional<double> seconds, std::function<void()> stop)
      : stop_(std::move(stop)), signals_(signals) {
    thread_ = std::thread([this, seconds] { Wait(seconds); });
  }
  ~StopWatch() { Join(); }
  StopWatch(const StopWatch&) = delete;
  StopWatch& operator=(const StopWatch&) = delete;

  /// True: the time ended, rather than a signal or the work.
  bool Join() {
    if (thread_.joinable()) {
      pthread_kill(thread_.native_handle(), kOver);
      thread_.join();
    }
    return timed_out_;
  }

 private:
  void Wait(std::optional<double> seconds) {
    timespec limit = absl::ToTimespec(absl::Seconds(seconds.value_or(0)));
    int signal = 0;
    do {
      signal = seconds.has_value() ? sigtimedwait(&signals_, nullptr, &limit)
                                   : sigwaitinfo(&signals_, nullptr);
    } while (signal < 0 && errno == EINTR);
    timed_out_ = signal < 0;
    if (signal != kOver) stop_();
  }

  const std::function<void()> stop_;
  const sigset_t signals_;
  bool timed_out_ = false;
  std::thread thread_;
};

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
  const sigset_t signals = BlockSignals();
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
