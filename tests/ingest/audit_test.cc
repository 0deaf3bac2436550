// What the gRPC doors put into the audit log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest/server_fixture.h"
#include "ioc/v1/admin.grpc.pb.h"

namespace iocd::ingest {
namespace {

using audit::Entry;
using audit::How;
using audit::Outcome;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class AuditTest : public ServerFixture {
 protected:
  std::vector<Entry> Of(const std::string& action) const { return recorded_.Of(action); }

  ioc::v1::PushResponse PushOnStream(const ioc::v1::PushRequest& request) {
    grpc::ClientContext context;
    const auto stream = stub_->PushStream(&context);
    ioc::v1::PushResponse response;
    EXPECT_TRUE(stream->Write(request));
    EXPECT_TRUE(stream->WritesDone());
    EXPECT_TRUE(stream->Read(&response));
    EXPECT_TRUE(stream->Finish().ok());
    return response;
  }

  std::unique_ptr<ioc::v1::AdminService::Stub> Admin() {
    return ioc::v1::AdminService::NewStub(NewChannel());
  }
  grpc::Status Backup() {
    grpc::ClientContext context;
    const auto reader = Admin()->Backup(&context, {});
    ioc::v1::BackupPart part;
    while (reader->Read(&part)) {
    }
    return reader->Finish();
  }
};

TEST_F(AuditTest, NotesTheFirstPushOfASenderAndNoOther) {
  StartServer();
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    EXPECT_TRUE(Push(Request(sequence)).status.ok());
  }
  const auto entries = Of(audit::kFirstPush);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].who, "");
  EXPECT_EQ(entries[0].from, "127.0.0.1");
  EXPECT_EQ(entries[0].how, How::kOpen);
  EXPECT_EQ(entries[0].call, "Push");
  EXPECT_EQ(entries[0].department, "a");
  EXPECT_EQ(entries[0].producer, "mot-cua");
  EXPECT_EQ(entries[0].outcome, Outcome::kDone);

  ioc::v1::PushRequest other = Request(1);
  other.set_producer("another");
  EXPECT_FALSE(PushOnStream(other).has_error());
  other.set_sequence(2);
  EXPECT_FALSE(PushOnStream(other).has_error());
  ASSERT_THAT(Of(audit::kFirstPush), SizeIs(2));
  EXPECT_EQ(Of(audit::kFirstPush)[1].call, "PushStream");
  EXPECT_EQ(Of(audit::kFirstPush)[1].producer, "another");
}

TEST_F(AuditTest, DoesNotTakeATrialOrARepeatForAPush) {
  StartServer();
  ioc::v1::PushRequest trial = Request(1);
  trial.set_validate_only(true);
  EXPECT_TRUE(Push(trial).status.ok());
  EXPECT_THAT(Of(audit::kFirstPush), IsEmpty());
  EXPECT_TRUE(Push(Request(1)).status.ok());
  EXPECT_THAT(Of(audit::kFirstPush), SizeIs(1));
}

TEST_F(AuditTest, NotesARefusedBatchWithWhatItsSenderWasTold) {
  StartServer();
  ioc::v1::PushRequest request = Request(1);
  request.set_department("nowhere");
  const Reply reply = Push(request);
  EXPECT_EQ(reply.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  auto entries = Of(audit::kPushRefused);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].outcome, Outcome::kRefused);
  EXPECT_EQ(entries[0].from, "127.0.0.1");
  EXPECT_EQ(entries[0].department, "nowhere");
  EXPECT_EQ(entries[0].producer, "mot-cua");
  EXPECT_EQ(entries[0].why, "INVALID_ARGUMENT: " + reply.status.error_message());

  EXPECT_TRUE(PushOnStream(request).has_error());
  entries = Of(audit::kPushRefused);
  ASSERT_THAT(entries, SizeIs(2));
  EXPECT_EQ(entries[1].call, "PushStream");
  EXPECT_THAT(Of(audit::kFirstPush), IsEmpty());
}

TEST_F(AuditTest, NotesWhatTheEngineRefuses) {
  StartServer();
  EXPECT_TRUE(Push(Request(1, 5)).status.ok());
  EXPECT_EQ(Push(Request(1, 6)).status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  const auto entries = Of(audit::kPushRefused);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].department, "a");
  EXPECT_EQ(entries[0].producer, "mot-cua");
  EXPECT_THAT(entries[0].why, StartsWith("ALREADY_EXISTS: "));
}

TEST_F(AuditTest, NotesRefusalsWhileTheClockIsInDoubtAndWhoConfirmsIt) {
  StartServer();
  EXPECT_TRUE(Push(Request(1)).status.ok());
  clock_.Jump(Duration::Seconds(3'600));
  EXPECT_FALSE(Push(Request(2)).status.ok());
  ASSERT_THAT(Of(audit::kPushRefused), SizeIs(1));
  EXPECT_THAT(Of(audit::kPushRefused)[0].why, StartsWith("UNAVAILABLE: "));

  grpc::ClientContext context;
  ioc::v1::ClockState state;
  EXPECT_TRUE(Admin()->ConfirmClock(&context, {}, &state).ok());
  const auto entries = Of(audit::kClockConfirm);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].from, "127.0.0.1");
  EXPECT_EQ(entries[0].call, "ConfirmClock");
  EXPECT_THAT(entries[0].what, HasSubstr("the daemon's clock is in doubt"));
}

TEST_F(AuditTest, NotesABackupThatBeginsAndEndsAndOneThatIsRefused) {
  StartServer();
  EXPECT_TRUE(Push(Request(1)).status.ok());
  EXPECT_TRUE(Backup().ok());
  const auto sent = recorded_.WaitFor(audit::kBackup, 2);
  EXPECT_EQ(sent[0].from, "127.0.0.1");
  EXPECT_EQ(sent[0].call, "Backup");
  EXPECT_THAT(sent[0].what, HasSubstr("begun: 1 files with "));
  EXPECT_EQ(sent[1].what, "sent");
  EXPECT_EQ(sent[1].outcome, Outcome::kDone);

  backups_->Drain();
  EXPECT_FALSE(Backup().ok());
  const auto refused = recorded_.WaitFor(audit::kBackup, 3);
  EXPECT_EQ(refused[2].outcome, Outcome::kRefused);
  EXPECT_THAT(refused[2].why, HasSubstr("the daemon is stopping"));
}

}  // namespace
}  // namespace iocd::ingest
