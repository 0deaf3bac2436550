#include "iocctl/stop_watch.h"

#include <cerrno>
#include <utility>

#include "absl/time/time.h"

namespace iocctl {
namespace {

constexpr int kOver = SIGUSR1;  // the stop watch's own

}  // namespace

sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, kOver}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

StopWatch::StopWatch(const sigset_t& signals, std::optional<double> seconds,
                     std::function<void()> stop)
    : stop_(std::move(stop)), signals_(signals) {
  thread_ = std::thread([this, seconds] { Wait(seconds); });
}

bool StopWatch::Join() {
  if (thread_.joinable()) {
    pthread_kill(thread_.native_handle(), kOver);
    thread_.join();
  }
  return timed_out_;
}

void StopWatch::Wait(std::optional<double> seconds) {
  timespec limit = absl::ToTimespec(absl::Seconds(seconds.value_or(0)));
  int signal = 0;
  do {
    signal = seconds.has_value() ? sigtimedwait(&signals_, nullptr, &limit)
                                 : sigwaitinfo(&signals_, nullptr);
  } while (signal < 0 && errno == EINTR);
  timed_out_ = signal < 0;
  if (signal != kOver) stop_();
}

}  // namespace iocctl
