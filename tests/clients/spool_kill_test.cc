// Processes that use a spool are killed at moments that nobody chose.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <random>

#include "gtest/gtest.h"
#include "ioc/client/spool.h"
#include "spool_files.h"
#include "support/program.h"

namespace ioc::client {
namespace {

/// Lets a program append from `first` on until it has said `count` numbers, kills it, and returns
/// the last number that it said.
std::uint64_t AppendUntilKilled(const std::string& directory, std::uint64_t first, int count) {
  int ends[2];
  EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const pid_t pid = iocd::testing::StartProgram(
      {SPOOL_APPENDER_PROGRAM, directory, "0", std::to_string(first)}, -1, ends[1], -1);
  close(ends[1]);
  std::FILE* said = fdopen(ends[0], "r");
  unsigned long long last = first - 1, number = 0;
  for (; count > 0 && std::fscanf(said, "%llu\n", &number) == 1; --count) last = number;
  kill(pid, SIGKILL);
  EXPECT_EQ(iocd::testing::WaitForProgram(pid), 128 + SIGKILL);
  while (std::fscanf(said, "%llu\n", &number) == 1) last = number;  // said before it died
  std::fclose(said);
  return last;
}

TEST_F(SpoolTest, HasEachEventOnceThatWasCalledDurableBeforeAKill) {
  std::mt19937 random(7);
  std::uint64_t last = 0;
  for (int round = 0; round < 20; ++round) {
    last =
        AppendUntilKilled(directory(), last + 1, std::uniform_int_distribution<int>(0, 40)(random));
  }
  const std::vector<std::string> waiting = Waiting(*Open());
  // The last one may be durable although its word did not get through.
  ASSERT_GE(waiting.size(), last);
  ASSERT_LE(waiting.size(), last + 1);
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    EXPECT_EQ(waiting[i].rfind(number + ":" + number + ".", 0), 0u) << waiting[i];
  }
}

TEST_F(SpoolTest, TakesBatchesOfManyProcessesAtATime) {
  Open();
  constexpr int kProcesses = 4, kEvents = 30;
  std::vector<pid_t> children;
  std::vector<std::FILE*> said;
  for (int i = 0; i < kProcesses; ++i) {
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    children.push_back(iocd::testing::StartProgram(
        {SPOOL_APPENDER_PROGRAM, directory(), "0", std::to_string(1 + i * 1'000'000)}, -1, ends[1],
        -1));
    close(ends[1]);
    said.push_back(fdopen(ends[0], "r"));
  }
  unsigned long long number = 0;
  for (int n = 0; n < kEvents; ++n) {
    for (std::FILE* one : said) ASSERT_EQ(std::fscanf(one, "%llu\n", &number), 1);
  }
  for (int i = 0; i < kProcesses; ++i) {
    kill(children[static_cast<std::size_t>(i)], SIGKILL);
    iocd::testing::WaitForProgram(children[static_cast<std::size_t>(i)]);
    std::fclose(said[static_cast<std::size_t>(i)]);
  }
  const auto spool = Open();
  const std::vector<std::string> waiting = Waiting(*spool);
  EXPECT_GE(waiting.size(), static_cast<std::size_t>(kProcesses * kEvents));
  EXPECT_EQ(StateOf(*spool).waiting_batches, static_cast<std::int64_t>(waiting.size()));
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    EXPECT_EQ(waiting[i].rfind(std::to_string(i + 1) + ":", 0), 0u) << waiting[i];
  }
}

}  // namespace
}  // namespace ioc::client
