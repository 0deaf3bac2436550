#pragma once

namespace iocctl {

/// What the shell gets.
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,    // while running: the daemon was not reached, or refused
  kBadUsage = 2,  // flags, configuration or input files
};

}  // namespace iocctl
