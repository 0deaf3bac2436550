#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace iocd::testing {

struct ProgramResult {
  int exit_code = -1;  // 128 + signal if it was killed
  std::string out, err;
};

/// Starts a program. A descriptor of -1 leaves that stream as it is; the others become its own. The
/// child dies with this process. Ends the test program if it cannot be started.
pid_t StartProgram(const std::vector<std::string>& arguments, int in, int out, int err);

/// Waits for the end of a child and returns its exit code, 128 + signal if it was killed.
int WaitForProgram(pid_t pid);

/// Runs a program to its end, with `input` as its standard input.
ProgramResult RunProgram(const std::vector<std::string>& arguments, const std::string& input = "");

}  // namespace iocd::testing
