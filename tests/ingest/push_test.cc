// Push over a real gRPC connection: what the contract promises of one batch.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <future>
#include <limits>
#include <string>

#include "base/limits.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "ingest/byte_buffer.h"
#include "ingest/server_fixture.h"

namespace iocd::ingest {
namespace {

using ::testing::HasSubstr;

class PushTest : public ServerFixture {
 protected:
  void SetUp() override { StartServer(); }

  /// Sends bytes that no generated class would make.
  grpc::Status PushBytes(const std::string& bytes) {
    grpc::GenericStub stub(NewChannel());
    grpc::ClientContext context;
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, "/ioc.v1.IngestService/Push", grpc::StubOptions(), &request, &response,
                   [&](grpc::Status status) { done.set_value(std::move(status)); });
    return done.get_future().get();
  }

  void ExpectRefused(const ioc::v1::PushRequest& request, grpc::StatusCode code,
                     const std::string& words) {
    const Reply reply = Push(request);
    EXPECT_EQ(reply.status.error_code(), code) << words;
    EXPECT_THAT(reply.status.error_message(), HasSubstr(words));
  }
};

TEST_F(PushTest, AnAnswerMeansThatReadersSeeTheBatch) {
  const Reply reply = Push(Request(1, 5));
  ASSERT_TRUE(reply.status.ok()) << reply.status.error_message();
  EXPECT_EQ(reply.response.sequence(), 1U);
  EXPECT_EQ(reply.response.accepted(), 1U);
  EXPECT_EQ(reply.response.rejected_size(), 0);
  EXPECT_EQ(reply.response.server_time().seconds(), 1'732'000'000);
  EXPECT_EQ(FlowOfA(), 5);
}

TEST_F(PushTest, ARepeatIsAnsweredAsThenAndCountedOnce) {
  ioc::v1::PushRequest request = Request(1, 5);
  request.add_events()->set_indicator("nothing");
  const Reply first = Push(request);
  const Reply second = Push(request);
  ASSERT_TRUE(second.status.ok()) << second.status.error_message();
  EXPECT_FALSE(first.response.duplicate());
  EXPECT_TRUE(second.response.duplicate());
  EXPECT_EQ(second.response.accepted(), 1U);
  ASSERT_EQ(second.response.rejected_size(), 1);
  EXPECT_EQ(second.response.rejected(0).message(), first.response.rejected(0).message());
  EXPECT_EQ(FlowOfA(), 5);
}

TEST_F(PushTest, ARepeatIsKnownAfterARestart) {
  ASSERT_TRUE(Push(Request(1, 5)).status.ok());
  StopServer();
  StopEngine();
  StartServer();
  const Reply reply = Push(Request(1, 5));
  ASSERT_TRUE(reply.status.ok()) << reply.status.error_message();
  EXPECT_TRUE(reply.response.duplicate());
  EXPECT_EQ(FlowOfA(), 5);
}

TEST_F(PushTest, AKeyWithOtherContentAlreadyExists) {
  ASSERT_TRUE(Push(Request(1, 5)).status.ok());
  EXPECT_EQ(Push(Request(1, 6)).status.error_code(), grpc::StatusCode::ALREADY_EXISTS);

  ioc::v1::PushRequest request = Request(0, 1);
  request.set_batch_id("b-1");
  const Reply first = Push(request);
  ASSERT_TRUE(first.status.ok()) << first.status.error_message();
  EXPECT_EQ(first.response.batch_id(), "b-1");
  EXPECT_TRUE(Push(request).response.duplicate());
  request.mutable_events(0)->set_value(2);
  EXPECT_EQ(Push(request).status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
}

TEST_F(PushTest, WithoutAKeyABatchCountsEachTime) {
  ioc::v1::PushRequest request = Request(0, 5);
  request.clear_key();
  ASSERT_TRUE(Push(request).status.ok());
  const Reply reply = Push(request);
  EXPECT_FALSE(reply.response.duplicate());
  EXPECT_EQ(reply.response.key_case(), ioc::v1::PushResponse::KEY_NOT_SET);
  EXPECT_EQ(FlowOfA(), 10);
}

TEST_F(PushTest, NamesWhatIsWrongWithTheWholeCall) {
  constexpr auto kInvalid = grpc::StatusCode::INVALID_ARGUMENT;
  ioc::v1::PushRequest request = Request(1);
  request.clear_department();
  ExpectRefused(request, kInvalid, "department is missing");
  request.set_department("nowhere");
  ExpectRefused(request, kInvalid, "department 'nowhere' is not in the catalogue");
  request = Request(1);
  request.clear_producer();
  ExpectRefused(request, kInvalid, "producer is missing");
  ExpectRefused(Request(0), kInvalid, "sequence is 0");
  request.set_producer(std::string(65, 'p'));
  ExpectRefused(request, kInvalid, "at most 64");
  request = Request(1);
  request.set_batch_id(std::string(65, 'b'));
  ExpectRefused(request, kInvalid, "at most 64");
  EXPECT_EQ(FlowOfA(), std::nullopt);
  // A call that failed has not used its sequence.
  EXPECT_FALSE(Push(Request(1)).response.duplicate());
}

TEST_F(PushTest, TakesTenThousandEventsAndNotOneMore) {
  ioc::v1::PushRequest request = Request(1);
  for (int i = 1; i < 10'000; ++i) *request.add_events() = ValidEvent();
  EXPECT_EQ(Push(request).response.accepted(), 10'000U);
  *request.add_events() = ValidEvent();
  request.set_sequence(2);
  ExpectRefused(request, grpc::StatusCode::INVALID_ARGUMENT, "10001 events; at most 10000");
}

TEST_F(PushTest, SaysInItsOwnWordsThatFourMebibytesAreTheMost) {
  ioc::v1::PushRequest request = Request(1);
  const std::size_t rest = limits::kMaxBatchBytes + 1 - request.ByteSizeLong();
  request.mutable_events(0)->set_reference(std::string(rest - 10, 'x'));
  std::string reference = request.events(0).reference();
  reference.append(limits::kMaxBatchBytes + 1 - request.ByteSizeLong(), 'x');
  request.mutable_events(0)->set_reference(reference);
  ASSERT_EQ(request.ByteSizeLong(), limits::kMaxBatchBytes + 1);
  ExpectRefused(request, grpc::StatusCode::INVALID_ARGUMENT, "4194305 bytes; at most 4194304");
  // Far beyond it gRPC answers before we see the batch.
  request.mutable_events(0)->set_reference(std::string(limits::kMaxTransportMessageBytes, 'x'));
  ExpectRefused(request, grpc::StatusCode::RESOURCE_EXHAUSTED, "larger than max");
}

TEST_F(PushTest, RefusesWhatIsNotAPushRequest) {
  const grpc::Status broken = PushBytes("{\"department\": \"a\"}");
  EXPECT_EQ(broken.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(broken.error_message(), HasSubstr("not an ioc.v1.PushRequest"));

  ioc::v1::PushRequest request = Request(1);
  request.mutable_events(0)->set_reference("HS-1");
  std::string bytes = request.SerializeAsString();
  bytes[bytes.rfind("HS-1")] = '\xFF';
  EXPECT_EQ(PushBytes(bytes).error_message(), "events[0].reference is not valid UTF-8");

  const grpc::Status empty = PushBytes("");
  EXPECT_EQ(empty.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(empty.error_message(), HasSubstr("department is missing"));
}

TEST_F(PushTest, RefusesEventsOneByOneWithTheirCodes) {
  ioc::v1::PushRequest request = Request(1, 5);
  const auto add = [&]() -> ioc::v1::Event& { return *request.add_events() = ValidEvent(); };
  const std::int64_t now = clock_.Now().nanos / 1'000'000'000;
  add().set_indicator("nothing");
  add().set_department("nowhere");
  add().set_member("north");
  ioc::v1::Event& foreign = add();
  foreign.set_department("b");
  foreign.set_indicator("owned");
  add().mutable_ratio()->set_numerator(1);
  add().set_value(std::numeric_limits<double>::quiet_NaN());
  ioc::v1::Event& large = add();
  large.set_indicator("owned");
  large.set_value(11);
  add().clear_event_time();
  add().mutable_event_time()->set_seconds(now - 30 * 86'400 - 1);
  add().mutable_event_time()->set_seconds(now + 61);

  const Reply reply = Push(request);
  ASSERT_TRUE(reply.status.ok()) << reply.status.error_message();
  EXPECT_EQ(reply.response.accepted(), 1U);
  ASSERT_EQ(reply.response.rejected_size(), 10);
  for (int code = 1; code <= 10; ++code) {
    const ioc::v1::Rejection& rejection = reply.response.rejected(code - 1);
    EXPECT_EQ(rejection.index(), static_cast<std::uint32_t>(code));
    EXPECT_EQ(rejection.code(), code) << rejection.message();
    EXPECT_FALSE(rejection.message().empty());
  }
  EXPECT_EQ(FlowOfA(), 5);
}

TEST_F(PushTest, ValidateOnlyAnswersAsIfAndChangesNothing) {
  ioc::v1::PushRequest request = Request(1, 5);
  request.add_events()->set_indicator("nothing");
  request.set_validate_only(true);
  const Reply tried = Push(request);
  ASSERT_TRUE(tried.status.ok()) << tried.status.error_message();
  EXPECT_EQ(tried.response.accepted(), 1U);
  EXPECT_EQ(tried.response.rejected_size(), 1);
  EXPECT_EQ(FlowOfA(), std::nullopt);

  request.set_validate_only(false);
  const Reply real = Push(request);
  EXPECT_FALSE(real.response.duplicate());
  EXPECT_EQ(FlowOfA(), 5);

  request.set_validate_only(true);
  const Reply late = Push(request);
  ASSERT_TRUE(late.status.ok()) << late.status.error_message();
  EXPECT_TRUE(late.response.duplicate());
  EXPECT_EQ(FlowOfA(), 5);
}

TEST_F(PushTest, RefusesAJumpOfMoreThanAMillionSequences) {
  ASSERT_TRUE(Push(Request(1)).status.ok());
  EXPECT_EQ(Push(Request(1'000'002)).status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_TRUE(Push(Request(1'000'001)).status.ok());
}

TEST_F(PushTest, AStoppedEngineIsUnavailable) {
  engine_->Stop();
  EXPECT_EQ(Push(Request(1)).status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(PushTest, TakesSimulatedBatchesInDemonstrationsOnly) {
  ioc::v1::PushRequest request = Request(1);
  request.set_simulated(true);
  ExpectRefused(request, grpc::StatusCode::FAILED_PRECONDITION, "--demo");
  StopServer();
  ingest_options_.demo = true;
  StartServer();
  EXPECT_TRUE(Push(request).status.ok());
}

TEST_F(PushTest, AFullQueueSaysWhenToComeAgain) {
  StopServer();
  StopEngine();
  engine_options_.max_queued_bytes = 0;
  StartServer();
  const Reply reply = Push(Request(1));
  EXPECT_EQ(reply.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status details;
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.ParseFromString(reply.status.error_details()));
  ASSERT_EQ(details.details_size(), 1);
  ASSERT_TRUE(details.details(0).UnpackTo(&retry));
  EXPECT_EQ(retry.retry_delay().seconds(), Ingestor::kRetryAfter.ToWholeSeconds());
}

}  // namespace
}  // namespace iocd::ingest
