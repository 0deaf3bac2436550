// iocctl backup and restore against a real daemon.
#include <grpcpp/server_builder.h>
#include <signal.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "ioc/client/channel.h"
#include "ioc/v1/admin.grpc.pb.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "ioc/v1/query.grpc.pb.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace iocctl {
namespace {

namespace fs = std::filesystem;
using iocd::testing::DaemonProcess;
using iocd::testing::ProgramResult;
using iocd::testing::RunProgram;
using ::testing::HasSubstr;

constexpr int kEventsOfABatch = 50;

double Number(const std::string& json, const std::string& key) {
  google::protobuf::Struct object;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &object).ok()) << json;
  return object.fields().at(key).number_value();
}

class BackupDaemonTest : public ::testing::Test {
 protected:
  /// The catalogue of the province; snapshots and retention come many times a second under load.
  std::string Config() {
    const std::string path = directory_.File("iocd.yaml");
    std::ofstream file(path);
    file << "log: {segment_mib: 0.0625, max_gib: 0.001}\n"
         << "snapshots: {every_mib: 0.25}\n"
         << "catalogue:\n";
    const std::string catalogue = fs::absolute("config/son_la_2024");
    for (const char* part : {"departments", "member_sets", "indicators", "targets"}) {
      file << "  - " << catalogue << "/" << part << ".yaml\n";
    }
    return path;
  }

  std::unique_ptr<DaemonProcess> StartDaemon(const std::string& data_dir) {
    return std::make_unique<DaemonProcess>(DaemonProcess::Options{
        .program = IOCD_PROGRAM, .config = Config(), .data_dir = directory_.File(data_dir)});
  }

  ProgramResult Backup() {
    return RunProgram(
        {IOCCTL_PROGRAM, "--target", daemon_->grpc_address(), "--json", "backup", backup_});
  }
  ProgramResult Restore(const std::string& data_dir) {
    return RunProgram({IOCCTL_PROGRAM, "--json", "restore", backup_, directory_.File(data_dir)});
  }

  /// A batch whose events count 1 each; the same content however often it is asked for.
  ioc::v1::PushRequest Batch(std::uint64_t sequence) const {
    ioc::v1::PushRequest request;
    request.set_department("stp");
    request.set_producer("backed-up");
    request.set_sequence(sequence);
    for (int i = 0; i < kEventsOfABatch; ++i) {
      ioc::v1::Event* event = request.add_events();
      event->set_indicator("dossiers_received");
      event->set_value(1);
      event->mutable_event_time()->set_seconds(event_time_);
    }
    return request;
  }

  /// Of the answer; the call succeeded.
  static bool IsDuplicate(ioc::v1::IngestService::Stub* stub, const ioc::v1::PushRequest& request) {
    grpc::ClientContext context;
    ioc::v1::PushResponse response;
    const grpc::Status status = stub->Push(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.duplicate();
  }

  void PushBatches(std::uint64_t first, std::uint64_t last) {
    const auto stub =
        ioc::v1::IngestService::NewStub(ioc::client::Connect(daemon_->grpc_address()));
    for (std::uint64_t sequence = first; sequence <= last; ++sequence) {
      ASSERT_FALSE(IsDuplicate(stub.get(), Batch(sequence)));
    }
  }

  /// Events of the department in the last 30 days, as /metrics shows them.
  double EventsCounted() {
    const auto stub = ioc::v1::QueryService::NewStub(ioc::client::Connect(daemon_->grpc_address()));
    grpc::ClientContext context;
    ioc::v1::GetSeriesRequest request;
    request.set_department("stp");
    request.set_indicator("dossiers_received");
    ioc::v1::GetSeriesResponse response;
    const grpc::Status status = stub->GetSeries(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const auto& window : response.windows()) {
      if (window.window() != "30d") continue;
      EXPECT_EQ(window.value(), static_cast<double>(window.events()));
      return window.value();
    }
    return 0;
  }

  std::uint64_t LastSequence() {
    const auto stub =
        ioc::v1::IngestService::NewStub(ioc::client::Connect(daemon_->grpc_address()));
    grpc::ClientContext context;
    ioc::v1::ResumeRequest request;
    request.set_department("stp");
    request.set_producer("backed-up");
    ioc::v1::ResumeResponse response;
    EXPECT_TRUE(stub->Resume(&context, request, &response).ok());
    EXPECT_EQ(response.gaps_size(), 0);
    return response.last_sequence();
  }

  const iocd::testing::TemporaryDirectory directory_;
  const std::string backup_ = directory_.File("backup");
  const std::int64_t event_time_ = absl::ToUnixSeconds(absl::Now());
  std::unique_ptr<DaemonProcess> daemon_ = StartDaemon("data");
};

TEST_F(BackupDaemonTest, UnderLoadHoldsEverythingThatWasAcknowledgedAndCountsItOnce) {
  std::atomic<std::uint64_t> acknowledged{0};
  std::atomic<bool> stop{false};
  std::thread sender([&] {
    const auto stub =
        ioc::v1::IngestService::NewStub(ioc::client::Connect(daemon_->grpc_address()));
    while (!stop) {
      EXPECT_FALSE(IsDuplicate(stub.get(), Batch(acknowledged + 1)));
      ++acknowledged;
    }
  });
  // By then the first segments have gone: the beginning of the log stands in snapshots alone.
  while (fs::exists(directory_.File("data/log/00000000000000000000.log")))
    std::this_thread::yield();
  const std::uint64_t before = acknowledged;
  const ProgramResult made = Backup();
  stop = true;
  sender.join();
  ASSERT_EQ(made.exit_code, 0) << made.err;
  daemon_->Kill();

  const ProgramResult restored = Restore("restored");
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  EXPECT_EQ(Number(restored.out, "batches"), Number(made.out, "batches"));
  daemon_ = StartDaemon("restored");
  const std::uint64_t last = LastSequence();
  EXPECT_GE(last, before);
  EXPECT_LE(last, acknowledged);
  EXPECT_EQ(EventsCounted(), static_cast<double>(last * kEventsOfABatch));
  const auto stub = ioc::v1::IngestService::NewStub(ioc::client::Connect(daemon_->grpc_address()));
  for (std::uint64_t sequence = 1; sequence <= last; ++sequence) {
    ASSERT_TRUE(IsDuplicate(stub.get(), Batch(sequence))) << sequence << " of " << last;
  }
  EXPECT_EQ(EventsCounted(), static_cast<double>(last * kEventsOfABatch));
  // What lies between the backup and the loss is sent again, under the same sequences.
  for (std::uint64_t sequence = last + 1; sequence <= acknowledged; ++sequence) {
    ASSERT_FALSE(IsDuplicate(stub.get(), Batch(sequence)));
  }
  EXPECT_EQ(EventsCounted(), static_cast<double>(acknowledged * kEventsOfABatch));
}

TEST_F(BackupDaemonTest, OfADaemonWithoutBatchesIsOneToo) {
  const ProgramResult made = Backup();
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(Number(made.out, "batches"), 0);
  ASSERT_EQ(Restore("restored").exit_code, 0);
  daemon_ = StartDaemon("restored");
  EXPECT_EQ(LastSequence(), 0u);
}

TEST_F(BackupDaemonTest, RefusesADirectoryThatExists) {
  fs::create_directory(backup_);
  const ProgramResult made = Backup();
  EXPECT_EQ(made.exit_code, 2);
  EXPECT_EQ(made.err, "iocctl: " + backup_ + " exists: name a directory that does not\n");
  EXPECT_TRUE(fs::is_empty(backup_));
}

TEST_F(BackupDaemonTest, LeavesNothingWhereTheDiskIsFull) {
  PushBatches(1, 50);
  // A limit on the size of a file does what a full disk does, without one.
  const ProgramResult made =
      RunProgram({"/bin/sh", "-c", "trap '' XFSZ; ulimit -f 80; exec \"$@\"", "sh", IOCCTL_PROGRAM,
                  "--target", daemon_->grpc_address(), "backup", backup_});
  EXPECT_EQ(made.exit_code, 1);
  EXPECT_THAT(made.err, HasSubstr("cannot write " + backup_ + ".partial/log/"));
  EXPECT_FALSE(fs::exists(backup_));
  EXPECT_FALSE(fs::exists(backup_ + ".partial"));
  EXPECT_EQ(Backup().exit_code, 0);
}

// Where the daemon dies while it sends, or just behind: there is a backup or there is none.
TEST_F(BackupDaemonTest, IsWholeOrNotThereWhenTheDaemonIsKilledMeanwhile) {
  PushBatches(1, 200);
  const pid_t backup = iocd::testing::StartProgram(
      {IOCCTL_PROGRAM, "--target", daemon_->grpc_address(), "backup", backup_}, -1, -1, -1);
  while (!fs::exists(backup_ + ".partial/log") && !fs::exists(backup_)) std::this_thread::yield();
  daemon_->Kill();
  const int exit_code = iocd::testing::WaitForProgram(backup);
  EXPECT_EQ(fs::exists(backup_), exit_code == 0);
  EXPECT_FALSE(fs::exists(backup_ + ".partial"));
  if (exit_code != 0) return;
  EXPECT_EQ(Restore("restored").exit_code, 0);
}

TEST_F(BackupDaemonTest, IsNotThereWhenItIsKilledItselfAndTheNextOneClearsUp) {
  PushBatches(1, 200);
  const pid_t backup = iocd::testing::StartProgram(
      {IOCCTL_PROGRAM, "--target", daemon_->grpc_address(), "backup", backup_}, -1, -1, -1);
  while (!fs::exists(backup_ + ".partial/log") && !fs::exists(backup_)) std::this_thread::yield();
  kill(backup, SIGKILL);
  if (iocd::testing::WaitForProgram(backup) == 0) fs::remove_all(backup_);  // it was faster
  EXPECT_FALSE(fs::exists(backup_));
  // The daemon may still be about to find out that its receiver has gone.
  ProgramResult again = Backup();
  while (again.err.find("another backup is under way") != std::string::npos) again = Backup();
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_FALSE(fs::exists(backup_ + ".partial"));
}

/// Sends parts that the test made, then ends the call as it says.
class ScriptedAdmin final : public ioc::v1::AdminService::Service {
 public:
  grpc::Status Backup(grpc::ServerContext* /*context*/, const ioc::v1::BackupRequest* /*request*/,
                      grpc::ServerWriter<ioc::v1::BackupPart>* writer) override {
    for (const ioc::v1::BackupPart& part : parts) writer->Write(part);
    return status;
  }

  std::vector<ioc::v1::BackupPart> parts;
  grpc::Status status;
};

class BrokenBackupTest : public ::testing::Test {
 protected:
  /// The end of a backup that broke off within its first file.
  ProgramResult BackupOf(const grpc::Status& status) {
    admin_.parts.resize(3);
    admin_.parts[0].mutable_opening()->set_files(1);
    admin_.parts[0].mutable_opening()->set_bytes(1'000);
    admin_.parts[1].mutable_file()->set_name("log/00000000000000000000.log");
    admin_.parts[1].mutable_file()->set_bytes(1'000);
    admin_.parts[2].set_data("IOCDLOG\n");
    admin_.status = status;
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&admin_);
    const auto server = builder.BuildAndStart();
    return RunProgram({IOCCTL_PROGRAM, "--target", absl::StrCat("127.0.0.1:", port), "backup",
                       directory_.File("backup")});
  }

  ScriptedAdmin admin_;
  const iocd::testing::TemporaryDirectory directory_;
};

TEST_F(BrokenBackupTest, LeavesNothingAndSaysWhy) {
  const ProgramResult gone = BackupOf({grpc::StatusCode::UNAVAILABLE, "Socket closed"});
  EXPECT_EQ(gone.exit_code, 1);
  EXPECT_THAT(gone.err, HasSubstr("broke off: Socket closed"));
  EXPECT_TRUE(fs::is_empty(directory_.path()));
}

TEST_F(BrokenBackupTest, AnEndWithoutAClosingIsNone) {
  const ProgramResult ended = BackupOf(grpc::Status::OK);
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.err, HasSubstr("broke off before its end"));
  EXPECT_TRUE(fs::is_empty(directory_.path()));
}

TEST_F(BrokenBackupTest, ADaemonThatKnowsNoBackupsIsNamed) {
  const ProgramResult old = BackupOf({grpc::StatusCode::UNIMPLEMENTED, ""});
  EXPECT_EQ(old.exit_code, 1);
  EXPECT_THAT(old.err, HasSubstr("is older than this iocctl"));
}

TEST(RestoreCommandTest, SaysThatADirectoryIsNoBackup) {
  const iocd::testing::TemporaryDirectory directory;
  const ProgramResult restored =
      RunProgram({IOCCTL_PROGRAM, "restore", directory.path(), directory.File("data")});
  EXPECT_EQ(restored.exit_code, 2);
  EXPECT_THAT(restored.err, HasSubstr("it holds no backup.json; nothing was restored"));
  EXPECT_TRUE(fs::is_empty(directory.path()));
}

}  // namespace
}  // namespace iocctl
