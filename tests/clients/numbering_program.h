#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace ioc::client {

/// A program that prints numbers, each once what it stands for has come to pass. What it said
/// outlives it, to the last number. Not thread-safe but for last().
class NumberingProgram {
 public:
  /// `on_number` is called for each, on a thread of this object.
  NumberingProgram(std::vector<std::string> arguments, std::function<void()> on_number);
  /// Kills it if it runs.
  ~NumberingProgram();
  NumberingProgram(const NumberingProgram&) = delete;
  NumberingProgram& operator=(const NumberingProgram&) = delete;

  /// Starts it with these arguments besides; not while it runs.
  void Start(const std::vector<std::string>& more_arguments = {});
  /// SIGKILL once it has made so many more reads and writes; returns once all that it said is
  /// known. Fails the test if it had ended by itself.
  void Kill(std::uint64_t calls = 0);
  /// Waits until it ends by itself, and returns its exit code.
  int WaitForEnd();

  /// The highest number that it has said in all its lives; 0: none.
  std::uint64_t last() const { return last_; }

 private:
  const std::vector<std::string> arguments_;
  const std::function<void()> on_number_;
  std::atomic<std::uint64_t> last_ = 0;
  pid_t pid_ = -1;
  std::thread listener_;
};

}  // namespace ioc::client
