#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace iocctl {

/// True if standard output is a terminal that wants colours (NO_COLOR is obeyed).
bool WantsColor();

/// One line on standard error that shows how far long work is; silent where that is no terminal.
/// Not thread-safe.
class Progress {
 public:
  Progress(std::string what, std::uint64_t total);  // total 0: not known
  ~Progress();                                      // clears the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Show(std::uint64_t done);
  /// A whole line on standard error, in place of the one that is shown.
  void Say(const std::string& line);

 private:
  const std::string what_;
  const std::uint64_t total_;
  const bool visible_;
  absl::Time next_;
};

/// The same for bytes: how many, of how many, and how fast. Not thread-safe.
class TransferProgress {
 public:
  explicit TransferProgress(std::string what);
  ~TransferProgress() { Clear(); }
  TransferProgress(const TransferProgress&) = delete;
  TransferProgress& operator=(const TransferProgress&) = delete;

  void Show(std::uint64_t bytes, std::uint64_t total);  // total 0: not known
  void Clear();

 private:
  const std::string what_;
  const bool visible_;
  const absl::Time began_;
  absl::Time next_;
  bool shown_ = false;
};

}  // namespace iocctl
