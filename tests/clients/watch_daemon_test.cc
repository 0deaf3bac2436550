// iocctl watch against a real daemon.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "ioc/v1/query.pb.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace iocctl {
namespace {

using iocd::testing::DaemonProcess;
using iocd::testing::ProgramResult;
using iocd::testing::RunProgram;
using ::testing::HasSubstr;

/// Lines of a pipe, as they come.
class Lines {
 public:
  Lines() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
    file_ = fdopen(ends[0], "r");
    end_ = ends[1];
  }
  ~Lines() { std::fclose(file_); }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  int end() const { return end_; }
  /// The program has its own.
  void CloseEnd() { close(end_); }
  /// Waits; empty: no more will come.
  std::string Next() {
    char* line = nullptr;
    std::size_t size = 0;
    std::string text;
    if (getline(&line, &size, file_) > 0) text = line;
    std::free(line);
    return text;
  }
  /// The next one that has this in it; empty: none will come.
  std::string NextWith(const std::string& part) {
    std::string line = Next();
    while (!line.empty() && line.find(part) == std::string::npos) line = Next();
    return line;
  }

 private:
  std::FILE* file_ = nullptr;
  int end_ = -1;
};

/// iocctl watch, until it is interrupted.
class RunningWatch {
 public:
  RunningWatch(const std::string& target, const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {IOCCTL_PROGRAM, "--target", target, "watch"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    pid_ = iocd::testing::StartProgram(all, -1, out.end(), err.end());
    out.CloseEnd();
    err.CloseEnd();
  }
  ~RunningWatch() {
    if (pid_ > 0) End(SIGKILL);
  }
  RunningWatch(const RunningWatch&) = delete;
  RunningWatch& operator=(const RunningWatch&) = delete;

  /// The exit code.
  int End(int signal) {
    kill(pid_, signal);
    return iocd::testing::WaitForProgram(std::exchange(pid_, -1));
  }

  Lines out, err;

 private:
  pid_t pid_ = -1;
};

ioc::v1::WatchResponse Parsed(const std::string& json) {
  ioc::v1::WatchResponse message;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &message).ok()) << json;
  return message;
}

class WatchDaemonTest : public ::testing::Test {
 protected:
  WatchDaemonTest()
      : daemon_({.program = IOCD_PROGRAM,
                 .config = "config/iocd.yaml",
                 .data_dir = directory_.File("data"),
                 .host = "127.0.0.3"}) {}

  void Push(const std::string& percent) {
    const ProgramResult pushed =
        RunProgram({IOCCTL_PROGRAM, "--target", daemon_.grpc_address(), "push", "--department",
                    "stttt", "--indicator", "internet_users_pct", "--value", percent});
    EXPECT_EQ(pushed.exit_code, 0) << pushed.err;
  }

  const iocd::testing::TemporaryDirectory directory_;
  DaemonProcess daemon_;
};

TEST_F(WatchDaemonTest, PrintsEachMessageAsALineOfJsonUntilItIsInterrupted) {
  RunningWatch watch(daemon_.grpc_address(), {"--json", "--scope", "province"});
  const auto first = Parsed(watch.out.Next());
  EXPECT_TRUE(first.complete());
  EXPECT_EQ(first.departments_size(), 38);
  Push("47.82%");
  const auto change = Parsed(watch.out.NextWith("\"internet_users_pct\""));
  EXPECT_FALSE(change.complete());
  ASSERT_EQ(change.indicators_size(), 1);
  EXPECT_EQ(change.indicators(0).value(), 0.4782);
  EXPECT_EQ(watch.End(SIGINT), 0);
}

TEST_F(WatchDaemonTest, TellsPeopleWhatChanged) {
  RunningWatch watch(daemon_.grpc_address(), {"--lang", "en"});
  EXPECT_THAT(watch.out.Next(), HasSubstr("+07:00 Watching. Targets: 21; departments: 38.\n"));
  Push("47.82%");
  EXPECT_THAT(watch.out.NextWith("→"), HasSubstr(": no data → "));
  EXPECT_EQ(watch.End(SIGTERM), 0);
}

TEST_F(WatchDaemonTest, ComesBackWhenTheDaemonWasAway) {
  RunningWatch watch(daemon_.grpc_address(), {"--json"});
  EXPECT_TRUE(Parsed(watch.out.Next()).complete());
  EXPECT_EQ(daemon_.Stop(), 0) << "who watches does not hold it up";
  const std::string away = watch.err.Next();
  EXPECT_THAT(away, HasSubstr("the daemon at " + daemon_.grpc_address() + " is away ("));
  EXPECT_THAT(away, HasSubstr("trying again"));
  daemon_.Start();
  EXPECT_TRUE(Parsed(watch.out.NextWith("\"complete\":true")).complete());
  EXPECT_EQ(watch.End(SIGINT), 0);
}

TEST_F(WatchDaemonTest, ComesBackAfterAKill) {
  RunningWatch watch(daemon_.grpc_address(), {"--json"});
  EXPECT_TRUE(Parsed(watch.out.Next()).complete());
  daemon_.Kill();
  EXPECT_THAT(watch.err.Next(), HasSubstr("is away"));
  daemon_.Start();
  EXPECT_TRUE(Parsed(watch.out.NextWith("\"complete\":true")).complete());
  EXPECT_EQ(watch.End(SIGINT), 0);
}

TEST_F(WatchDaemonTest, EndsWithAnErrorWhereWaitingDoesNotHelp) {
  const ProgramResult scope = RunProgram(
      {IOCCTL_PROGRAM, "--target", daemon_.grpc_address(), "watch", "--scope", "nowhere"});
  EXPECT_EQ(scope.exit_code, 2);
  EXPECT_THAT(scope.err, HasSubstr("a scope is 'province' or a department's code"));
  EXPECT_EQ(daemon_.Stop(), 0);
  const ProgramResult nobody =
      RunProgram({IOCCTL_PROGRAM, "--target", daemon_.grpc_address(), "watch"});
  EXPECT_EQ(nobody.exit_code, 1);
  EXPECT_THAT(nobody.err, HasSubstr("no daemon answers at"));
}

}  // namespace
}  // namespace iocctl
