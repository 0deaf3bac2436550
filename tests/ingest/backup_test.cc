// AdminService.Backup over the wire: what is sent, one at a time, and how a call ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "access/token.h"
#include "base/checksum.h"
#include "ingest/server_fixture.h"
#include "ioc/v1/admin.grpc.pb.h"

namespace iocd::ingest {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;

/// Holds a backup at its beginning until the test lets it go on, and keeps what became of it.
class Gate final : public BackupObserver {
 public:
  void Close() {
    MutexLock lock(mutex_);
    open_ = false;
    waiting_ = false;
  }
  void WaitForABackup() {
    MutexLock lock(mutex_);
    while (!waiting_) changed_.Wait(mutex_);
  }
  void Open() {
    MutexLock lock(mutex_);
    open_ = true;
    changed_.NotifyAll();
  }
  absl::Status WaitForItsEnd() {
    MutexLock lock(mutex_);
    while (!ended_) changed_.Wait(mutex_);
    return *std::exchange(ended_, std::nullopt);
  }

  void BackupBegins(std::size_t /*files*/, std::uint64_t /*bytes*/) override {
    MutexLock lock(mutex_);
    waiting_ = true;
    changed_.NotifyAll();
    while (!open_) changed_.Wait(mutex_);
  }
  void BackupEnds(const absl::Status& status) override {
    MutexLock lock(mutex_);
    ended_ = status;
    changed_.NotifyAll();
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  bool open_ ABSL_GUARDED_BY(mutex_) = true;
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> ended_ ABSL_GUARDED_BY(mutex_);
};

class BackupTest : public ServerFixture {
 protected:
  struct Received {
    grpc::Status status;
    ioc::v1::BackupOpening opening;
    std::map<std::string, std::string> files;
    std::optional<ioc::v1::BackupClosing> closing;
  };

  void SetUp() override {
    observer_ = &gate_;
    StartServer();
    admin_ = ioc::v1::AdminService::NewStub(NewChannel());
    ASSERT_TRUE(Push(Request(1)).status.ok());
  }
  ~BackupTest() override {
    gate_.Open();
    StopServer();
  }

  std::unique_ptr<grpc::ClientReader<ioc::v1::BackupPart>> Begin(grpc::ClientContext* context) {
    return admin_->Backup(context, {});
  }

  static Received ReadAll(grpc::ClientReader<ioc::v1::BackupPart>* reader) {
    Received received;
    std::string name;
    ioc::v1::BackupPart part;
    while (reader->Read(&part)) {
      EXPECT_FALSE(received.closing.has_value()) << "the closing is the last";
      if (part.has_opening()) received.opening = part.opening();
      if (part.has_file()) name = part.file().name();
      if (part.part_case() == ioc::v1::BackupPart::kData) received.files[name] += part.data();
      if (part.has_file_end()) {
        EXPECT_EQ(part.file_end().xxh3_128(), ChecksumOf(received.files[name])) << name;
      }
      if (part.has_closing()) received.closing = part.closing();
    }
    received.status = reader->Finish();
    return received;
  }
  Received Backup() {
    grpc::ClientContext context;
    return ReadAll(Begin(&context).get());
  }

  Gate gate_;
  std::unique_ptr<ioc::v1::AdminService::Stub> admin_;
};

TEST_F(BackupTest, SendsTheLedgerBesideTheLog) {
  StopServer();
  const std::string path = directory_.path() + "/copy-of-the-ledger";
  auto file = PosixFileSystem().OpenForAppend(path, 0);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_TRUE((*file)->Append("years of figures").ok());
  open_ledger_ = [path]() -> absl::StatusOr<engine::BackupFile> {
    auto open = PosixFileSystem().OpenForRead(path);
    if (!open.ok()) return open.status();
    return engine::BackupFile{"ledger.sqlite", 16, *std::move(open)};
  };
  StartServer();
  admin_ = ioc::v1::AdminService::NewStub(NewChannel());
  const Received received = Backup();
  EXPECT_TRUE(received.status.ok()) << received.status.error_message();
  EXPECT_EQ(received.files.at("ledger.sqlite"), "years of figures");
  EXPECT_THAT(received.files, Contains(Key(HasSubstr("log/"))));
}

// It kept nobody from a backup of what the ledger is made from.
TEST_F(BackupTest, ALedgerThatCannotBeCopiedIsLeftOut) {
  const Received received = Backup();
  EXPECT_TRUE(received.status.ok()) << received.status.error_message();
  EXPECT_FALSE(received.files.contains("ledger.sqlite"));
  EXPECT_THAT(received.files, Contains(Key(HasSubstr("log/"))));
}

TEST_F(BackupTest, SendsTheLogUpToWhatWasAcknowledged) {
  const Received received = Backup();
  ASSERT_TRUE(received.status.ok()) << received.status.error_message();
  EXPECT_EQ(received.opening.territory(), "test");
  ASSERT_TRUE(received.closing.has_value());
  EXPECT_EQ(received.closing->files(), received.files.size());
  EXPECT_EQ(received.closing->newest_arrival().seconds(), clock_.Now().nanos / 1'000'000'000);
  ASSERT_THAT(received.files, Contains(Key("log/00000000000000000000.log")));
  const std::string& log = received.files.at("log/00000000000000000000.log");
  EXPECT_EQ(log.size(), received.closing->position());
  EXPECT_EQ(received.opening.bytes(), log.size());
  EXPECT_TRUE(gate_.WaitForItsEnd().ok());
}

TEST_F(BackupTest, HoldsWhatStoodWhenItWasAskedForHoweverSlowlyItIsRead) {
  gate_.Close();
  const std::uint64_t before = engine_->LogBytes();
  grpc::ClientContext context;
  const auto reader = Begin(&context);
  gate_.WaitForABackup();
  EXPECT_TRUE(Push(Request(2)).status.ok()) << "the daemon goes on";
  gate_.Open();
  const Received received = ReadAll(reader.get());
  ASSERT_TRUE(received.closing.has_value());
  EXPECT_EQ(received.closing->position(), before);
  EXPECT_GT(engine_->LogBytes(), before);
}

TEST_F(BackupTest, IsOneAtATime) {
  gate_.Close();
  grpc::ClientContext context;
  const auto reader = Begin(&context);
  gate_.WaitForABackup();
  const Received second = Backup();
  EXPECT_EQ(second.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(second.status.error_message(), HasSubstr("another backup is under way"));
  gate_.Open();
  EXPECT_TRUE(ReadAll(reader.get()).status.ok());
  for (int again = 0; again < 20; ++again) EXPECT_TRUE(Backup().status.ok());
}

TEST_F(BackupTest, EndsWithoutAClosingWhenTheDaemonStops) {
  gate_.Close();
  grpc::ClientContext context;
  const auto reader = Begin(&context);
  gate_.WaitForABackup();
  backups_->Drain();
  gate_.Open();
  const Received received = ReadAll(reader.get());
  EXPECT_EQ(received.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(received.status.error_message(), HasSubstr("the daemon is stopping"));
  EXPECT_FALSE(received.closing.has_value());
  EXPECT_EQ(Backup().status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(BackupTest, EndsWhenItsReceiverIsRevoked) {
  const std::string token = access::NewToken();
  access::Rules::Data rules;
  access::Identity& administrator = rules.identities.emplace_back();
  administrator.name = "administrator";
  administrator.roles = {access::Role::kAdministrator};
  administrator.tokens = {{std::string(*access::TokenId(token)), *access::HashToken(token), {}}};
  access_.Replace(std::make_shared<const access::Rules>(rules));
  gate_.Close();
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + token);
  const auto reader = Begin(&context);
  gate_.WaitForABackup();
  backups_->Look();
  administrator.revoked = true;
  access_.Replace(std::make_shared<const access::Rules>(rules));
  backups_->Look();
  gate_.Open();
  const Received received = ReadAll(reader.get());
  EXPECT_FALSE(received.status.ok());
  EXPECT_FALSE(received.closing.has_value());
  EXPECT_TRUE(absl::IsUnauthenticated(gate_.WaitForItsEnd()));
}

TEST_F(BackupTest, IsGivenUpWhenItsReceiverGoesAway) {
  gate_.Close();
  grpc::ClientContext context;
  const auto reader = Begin(&context);
  gate_.WaitForABackup();
  context.TryCancel();
  EXPECT_FALSE(reader->Finish().ok());
  gate_.Open();
  const absl::Status ended = gate_.WaitForItsEnd();
  // The cancellation may reach the daemon only when all of so small a backup is on its way.
  EXPECT_TRUE(absl::IsCancelled(ended) || ended.ok()) << ended;
  EXPECT_TRUE(Backup().status.ok());
}

}  // namespace
}  // namespace iocd::ingest
