// iocctl and its spool against a real daemon, and against one whose every answer is known.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ioc/client/channel.h"
#include "ioc/client/spool.h"
#include "ioc/v1/query.grpc.pb.h"
#include "scripted_ingest.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace iocctl {
namespace {

using ioc::client::Spool;
using ioc::client::SpoolState;
using iocd::testing::DaemonProcess;
using iocd::testing::ProgramResult;
using iocd::testing::RunProgram;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SpoolCommandTest : public ::testing::Test {
 protected:
  ProgramResult Ctl(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {IOCCTL_PROGRAM, "--target", target_});
    return RunProgram(arguments, input);
  }
  ProgramResult PushValue(const std::string& value) {
    return Ctl({"push", "--department", "stp", "--indicator", "dossiers_received", "--value", value,
                "--spool", spool_});
  }

  /// A spool whose producer has not sent anything, and knows that it has not.
  std::unique_ptr<Spool> OpenSpool() {
    auto spool = Spool::OpenOrMake({.directory = spool_, .department = "stp", .producer = "iocctl"},
                                   absl::Now());
    EXPECT_TRUE(spool.ok()) << spool.status();
    EXPECT_TRUE((*spool)->Resume(0, absl::Now()).ok());
    return *std::move(spool);
  }
  SpoolState State() {
    const auto spool = Spool::Open(spool_);
    EXPECT_TRUE(spool.ok()) << spool.status();
    return (*spool)->State().value_or(SpoolState());
  }

  /// One batch of `count` events, the values of which count up.
  void AppendNext(Spool& spool, int count) {
    std::vector<ioc::v1::Event> events(static_cast<std::size_t>(count));
    for (ioc::v1::Event& event : events) {
      event.set_indicator("dossiers_received");
      event.mutable_event_time()->set_seconds(absl::ToUnixSeconds(absl::Now()));
      event.set_value(++appended_);
    }
    const absl::Status status = spool.Append(events, absl::Now());
    ASSERT_TRUE(status.ok()) << status;
  }

  pid_t StartSender() {
    return iocd::testing::StartProgram(
        {IOCCTL_PROGRAM, "--target", target_, "spool", "send", "--spool", spool_}, -1, -1, -1);
  }
  static void KillProgram(pid_t pid) {
    kill(pid, SIGKILL);
    EXPECT_EQ(iocd::testing::WaitForProgram(pid), 128 + SIGKILL);
  }

  const iocd::testing::TemporaryDirectory directory_;
  const std::string spool_ = directory_.File("spool");
  std::string target_ = "127.0.0.1:1";
  int appended_ = 0;
};

TEST_F(SpoolCommandTest, KeepsAPushWithoutADaemon) {
  EXPECT_EQ(PushValue("1").exit_code, 0);
  const auto second = PushValue("2");
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(second.out, "Put in: 1 events, safe on this machine. Waiting in " + spool_ +
                            ": 2 batches, 2 events.\n");
  const auto file = Ctl({"--json", "push", "--department", "stp", "--file", "-", "--spool", spool_},
                        "{\"indicator\":\"a\"}\n{\"indicator\":\"b\"}\n");
  EXPECT_THAT(file.out, HasSubstr("\"waiting_events\":4"));
}

TEST_F(SpoolCommandTest, CallsASpoolThatIsNotThereBadUsage) {
  for (const char* command : {"send", "status", "rejected"}) {
    const auto result = Ctl({"spool", command, "--spool", spool_});
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_THAT(result.err, HasSubstr("there is no spool in " + spool_)) << command;
  }
  EXPECT_EQ(Ctl({"push", "--department", "stp", "--producer", std::string(65, 'x'), "--indicator",
                 "dossiers_received", "--value", "1", "--spool", spool_})
                .exit_code,
            2);
}

TEST_F(SpoolCommandTest, KeepsAFileOfFiguresOnceWithoutADaemon) {
  const std::string path = directory_.File("figures.tsv");
  std::ofstream(path) << "indicator\tdate\tvalue\ninternet_users_pct\t2024\t47.82%\n";
  const std::vector<std::string> import = {"import", path,           "--spool",
                                           spool_,   "--department", "stttt"};
  EXPECT_EQ(Ctl(import).exit_code, 0);
  const auto again = Ctl(import);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("it is not put in again"));
  EXPECT_EQ(State().waiting_events, 1);
  std::ofstream(path) << "department\tindicator\tdate\tvalue\nstp\tany\t2024\t12\n";
  const auto other = Ctl(import);
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("figures.tsv:2: is of department 'stp', the spool of 'stttt'"));
}

TEST_F(SpoolCommandTest, SaysThatTheTimeWasOverBeforeTheSpoolWasEmpty) {
  PushValue("1");
  const auto sent = Ctl({"spool", "send", "--spool", spool_, "--until-empty", "--for", "0.01"});
  EXPECT_EQ(sent.exit_code, 1);
  EXPECT_THAT(sent.err, HasSubstr("the time of --for was over before the spool was empty"));
  EXPECT_EQ(Ctl({"spool", "send", "--spool", spool_, "--for", "0.01"}).exit_code, 0);
}

TEST_F(SpoolCommandTest, EndsWellOnSigterm) {
  PushValue("1");
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const pid_t sender = iocd::testing::StartProgram(
      {IOCCTL_PROGRAM, "--target", target_, "spool", "send", "--spool", spool_}, -1, ends[1],
      ends[1]);
  close(ends[1]);
  char first = 0;
  EXPECT_EQ(read(ends[0], &first, 1), 1);  // it says that the line is lost, so it runs
  kill(sender, SIGTERM);
  EXPECT_EQ(iocd::testing::WaitForProgram(sender), 0);
  close(ends[0]);
}

TEST_F(SpoolCommandTest, WritesRefusedEventsAndRemovesExactlyThose) {
  ioc::client::ScriptedIngest daemon([](const ioc::v1::PushRequest& request) {
    ioc::v1::PushResponse response = ioc::client::AcceptAll(request);
    response.clear_accepted();
    ioc::v1::Rejection* rejection = response.add_rejected();
    rejection->set_code(ioc::v1::OUT_OF_RANGE);
    rejection->set_message("too much");
    return response;
  });
  daemon.set_last_sequence(0);
  target_ = daemon.target();
  PushValue("1");
  ASSERT_EQ(Ctl({"spool", "send", "--spool", spool_, "--until-empty"}).exit_code, 0);
  const auto shown = Ctl({"spool", "rejected", "--spool", spool_});
  EXPECT_THAT(shown.out, HasSubstr("\"message\":\"too much\""));
  const std::string out = directory_.File("rejected.jsonl");
  std::ofstream(out) << "{\"code\":\"OUT_";  // by one that was interrupted
  EXPECT_EQ(
      Ctl({"spool", "rejected", "--spool", spool_, "--out", "/dev/full", "--clear"}).exit_code, 1);
  EXPECT_EQ(State().dead_letters, 1);
  const auto cleared = Ctl({"spool", "rejected", "--spool", spool_, "--out", out, "--clear"});
  EXPECT_EQ(cleared.exit_code, 0) << cleared.err;
  std::string line;
  std::ifstream kept(out);
  std::getline(kept, line);
  std::getline(kept, line);
  EXPECT_THAT(line, HasSubstr("\"code\":\"OUT_OF_RANGE\""));
  EXPECT_FALSE(std::getline(kept, line));
  EXPECT_EQ(State().dead_letters, 0);
}

// The sender is killed while a batch that the daemon has taken is not yet answered.
TEST_F(SpoolCommandTest, SendsEachBatchInOrderAlthoughTheSenderIsKilledTimeAndAgain) {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::uint64_t, std::string> taken;
  std::uint64_t kill_at = 0, taken_in_order = 0;
  ioc::client::ScriptedIngest daemon([&](const ioc::v1::PushRequest& request) {
    std::unique_lock lock(mutex);
    ioc::v1::PushResponse response = ioc::client::AcceptAll(request);
    const auto [known, is_new] = taken.emplace(request.sequence(), request.SerializeAsString());
    response.set_duplicate(!is_new);
    EXPECT_EQ(known->second, request.SerializeAsString());
    if (is_new) {
      EXPECT_EQ(request.sequence(), ++taken_in_order);
    }
    changed.notify_all();
    changed.wait(lock, [&] { return kill_at == 0 || taken.size() < kill_at; });
    return response;
  });
  daemon.set_last_sequence(0);
  target_ = daemon.target();
  const auto spool = OpenSpool();
  std::mt19937 random(11);
  for (int round = 0; round < 20; ++round) {
    {
      std::lock_guard lock(mutex);
      kill_at = taken.size() + std::uniform_int_distribution<std::uint64_t>(1, 8)(random);
    }
    for (int i = 0; i < 8; ++i) AppendNext(*spool, 3);
    const pid_t sender = StartSender();
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return taken.size() >= kill_at; });
    KillProgram(sender);
    kill_at = 0;
    changed.notify_all();
  }
  const auto rest = Ctl({"spool", "send", "--spool", spool_, "--until-empty"});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_EQ(taken.size(), 160u);
  const SpoolState state = State();
  EXPECT_EQ(state.total_accepted + state.total_duplicate, appended_);
  EXPECT_EQ(state.dead_letters, 0);
}

class SpoolDaemonTest : public SpoolCommandTest {
 protected:
  SpoolDaemonTest()
      : daemon_({.program = IOCD_PROGRAM,
                 .config = "config/iocd.yaml",
                 .data_dir = directory_.File("data")}) {
    target_ = daemon_.grpc_address();
  }

  /// What the daemon has counted of the last 30 days.
  ioc::v1::WindowValue Counted() {
    const auto stub = ioc::v1::QueryService::NewStub(ioc::client::Connect(target_));
    grpc::ClientContext context;
    ioc::v1::GetSeriesRequest request;
    request.set_department("stp");
    request.set_indicator("dossiers_received");
    ioc::v1::GetSeriesResponse response;
    const grpc::Status status = stub->GetSeries(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const auto& value : response.windows()) {
      if (value.window() == "30d") return value;
    }
    return {};
  }

  DaemonProcess daemon_;
};

TEST_F(SpoolDaemonTest, CountsEachEventOnceAlthoughDaemonAndSenderAreKilledInTurn) {
  const auto spool = OpenSpool();
  std::mt19937 random(5);
  std::uniform_int_distribution<int> batches(1, 12);
  pid_t sender = StartSender();
  for (int round = 0; round < 20; ++round) {
    // Each takes a sync of the disk, while the sender sends what came before.
    for (int i = batches(random); i > 0; --i) AppendNext(*spool, 4);
    if (round % 2 == 0) {
      daemon_.Kill();
      AppendNext(*spool, 4);
      daemon_.Start();
    } else {
      KillProgram(sender);
      sender = StartSender();
    }
  }
  KillProgram(sender);
  const auto rest = Ctl({"spool", "send", "--spool", spool_, "--until-empty"});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_EQ(Counted().events(), static_cast<std::uint64_t>(appended_));
  EXPECT_EQ(Counted().value(), appended_ * (appended_ + 1.0) / 2);
  const SpoolState state = State();
  EXPECT_EQ(state.total_accepted + state.total_duplicate, appended_);
  EXPECT_EQ(state.waiting_batches, 0);
  EXPECT_EQ(state.dead_letters, 0);
}

TEST_F(SpoolDaemonTest, SaysThatAllIsWellOnceEverythingIsAnswered) {
  OpenSpool();
  PushValue("1");
  ASSERT_EQ(Ctl({"spool", "send", "--spool", spool_, "--until-empty"}).exit_code, 0);
  const auto status = Ctl({"spool", "status", "--spool", spool_});
  EXPECT_EQ(status.exit_code, 0) << status.out << status.err;
  EXPECT_THAT(status.out, StartsWith("✓ All is well"));
  daemon_.Kill();
  const auto away = Ctl({"spool", "status", "--spool", spool_, "--lang", "vi"});
  EXPECT_EQ(away.exit_code, 1);
  EXPECT_THAT(away.out, HasSubstr("! Trung tâm tại " + target_ + " không trả lời."));
}

}  // namespace
}  // namespace iocctl
