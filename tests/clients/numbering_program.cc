#include "numbering_program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "support/program.h"

namespace ioc::client {

NumberingProgram::NumberingProgram(std::vector<std::string> arguments,
                                   std::function<void()> on_number)
    : arguments_(std::move(arguments)), on_number_(std::move(on_number)) {}

NumberingProgram::~NumberingProgram() {
  if (pid_ > 0) Kill();
}

void NumberingProgram::Start(const std::vector<std::string>& more_arguments) {
  std::vector<std::string> arguments = arguments_;
  arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  pid_ = iocd::testing::StartProgram(arguments, -1, ends[1], -1);
  close(ends[1]);
  listener_ = std::thread([this, said = fdopen(ends[0], "r")] {
    for (char line[64]; std::fgets(line, sizeof line, said) != nullptr;) {
      last_ = std::max<std::uint64_t>(last_, std::strtoull(line, nullptr, 10));
      on_number_();
    }
    std::fclose(said);
  });
}

void NumberingProgram::Kill(std::uint64_t calls) {
  iocd::testing::AwaitReadsAndWrites(pid_, iocd::testing::ReadsAndWrites(pid_) + calls);
  kill(pid_, SIGKILL);
  EXPECT_EQ(WaitForEnd(), 128 + SIGKILL) << arguments_.front() << " had ended by itself";
}

int NumberingProgram::WaitForEnd() {
  const int exit_code = iocd::testing::WaitForProgram(std::exchange(pid_, -1));
  listener_.join();
  return exit_code;
}

}  // namespace ioc::client
