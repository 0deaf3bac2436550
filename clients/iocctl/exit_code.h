#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace iocctl {

/// What the shell gets.
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,    // while running: the daemon was not reached, or refused
  kBadUsage = 2,  // flags, configuration or input files
};

/// Of an error: kBadUsage if it lies in what was asked for (something exists that may not, does not
/// that must, or makes no sense), otherwise kFailed.
int ExitCodeOf(const absl::Status& status);

/// "iocctl: MESSAGE" on standard error; returns `code`.
int Fail(int code, absl::string_view message);

}  // namespace iocctl
