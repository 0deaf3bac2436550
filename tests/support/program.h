#pragma once

#include <sys/types.h>

#include <cstdint>
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

/// Reads and writes that a process has asked the system for, of files and pipes, not of sockets.
std::uint64_t ReadsAndWrites(pid_t pid);
/// Waits, without a pause, until a child has made so many in its life, or has ended.
void AwaitReadsAndWrites(pid_t pid, std::uint64_t calls);

/// Waits for the end of a child and returns its exit code, 128 + signal if it was killed.
int WaitForProgram(pid_t pid);

/// Runs a program to its end, with `input` as its standard input.
ProgramResult RunProgram(const std::vector<std::string>& arguments, const std::string& input = "");

}  // namespace iocd::testing
