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

}  // namespace iocctl
