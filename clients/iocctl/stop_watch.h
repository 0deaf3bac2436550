#pragma once

#include <signal.h>

#include <functional>
#include <optional>
#include <thread>

namespace iocctl {

/// Blocks the signals that end long work (Ctrl-C, SIGTERM), in this and every later thread: before
/// any thread of gRPC starts, which would otherwise take one and end the process.
sigset_t BlockStopSignals();

/// Waits on a thread of its own for one of the signals, which are blocked, or the end of the time,
/// and then calls `stop`.
class StopWatch {
 public:
  StopWatch(const sigset_t& signals, std::optional<double> seconds, std::function<void()> stop);
  ~StopWatch() { Join(); }
  StopWatch(const StopWatch&) = delete;
  StopWatch& operator=(const StopWatch&) = delete;

  /// The work has ended. True: the time ended, rather than a signal or the work.
  bool Join();

 private:
  void Wait(std::optional<double> seconds);

  const std::function<void()> stop_;
  const sigset_t signals_;
  bool timed_out_ = false;
  std::thread thread_;
};

}  // namespace iocctl
