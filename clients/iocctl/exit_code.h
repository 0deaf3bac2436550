#pragma once

#include "absl/strings/string_view.h"

namespace iocctl {

/// What the shell gets.
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,    // while running: the daemon was not reached, or refused
  kBadUsage = 2,  // flags, configuration or input files
};

/// "iocctl: MESSAGE" on standard error; returns `code`.
int Fail(int code, absl::string_view message);

}  // namespace iocctl
