// PushStream over real gRPC connections: order, flow control, and clients that misbehave.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "ingest/server_fixture.h"

namespace iocd::ingest {
namespace {

using ::testing::HasSubstr;

class PushStreamTest : public ServerFixture {
 protected:
  using Stream = grpc::ClientReaderWriter<ioc::v1::PushRequest, ioc::v1::PushResponse>;

  void SetUp() override { StartServer(); }

  /// How many batches the ingestor has answered, one way or the other.
  double AnsweredBatches() const {
    double answered = 0;
    for (const prometheus::MetricFamily& family : metrics_.Collect(*engine_)) {
      if (family.name != "iocd_batches_total") continue;
      for (const prometheus::ClientMetric& metric : family.metric) answered += metric.counter.value;
    }
    return answered;
  }

  /// One call on a connection of its own.
  struct Call {
    std::unique_ptr<ioc::v1::IngestService::Stub> stub;
    grpc::ClientContext context;
    std::unique_ptr<Stream> stream;
  };
  std::unique_ptr<Call> Open() {
    auto call = std::make_unique<Call>();
    call->stub = ioc::v1::IngestService::NewStub(NewChannel());
    call->stream = call->stub->PushStream(&call->context);
    return call;
  }
};

TEST_F(PushStreamTest, AnswersInOrderWithTheFailedBatchInItsPlace) {
  auto call = Open();
  constexpr std::uint64_t kBatches = 100;
  std::thread writer([&] {
    for (std::uint64_t i = 1; i <= kBatches; ++i) {
      ioc::v1::PushRequest request = Request(i);
      if (i == 50) request.clear_producer();
      ASSERT_TRUE(call->stream->Write(request));
    }
    call->stream->WritesDone();
  });
  ioc::v1::PushResponse response;
  std::uint64_t answers = 0;
  while (call->stream->Read(&response)) {
    ++answers;
    EXPECT_EQ(response.sequence(), answers);
    EXPECT_EQ(response.has_error(), answers == 50);
    if (response.has_error()) {
      EXPECT_EQ(response.error().code(), grpc::StatusCode::INVALID_ARGUMENT);
      EXPECT_THAT(response.error().message(), HasSubstr("producer is missing"));
    }
  }
  writer.join();
  EXPECT_TRUE(call->stream->Finish().ok());
  EXPECT_EQ(answers, kBatches);
  EXPECT_EQ(FlowOfA(), kBatches - 1);
}

TEST_F(PushStreamTest, ARepeatInFlightIsAnsweredAsADuplicate) {
  auto call = Open();
  ASSERT_TRUE(call->stream->Write(Request(1, 5)));
  ASSERT_TRUE(call->stream->Write(Request(1, 5)));
  call->stream->WritesDone();
  ioc::v1::PushResponse first, second;
  ASSERT_TRUE(call->stream->Read(&first));
  ASSERT_TRUE(call->stream->Read(&second));
  EXPECT_FALSE(first.duplicate());
  EXPECT_TRUE(second.duplicate());
  EXPECT_TRUE(call->stream->Finish().ok());
  EXPECT_EQ(FlowOfA(), 5);
}

TEST_F(PushStreamTest, AnEmptyStreamEndsWell) {
  auto call = Open();
  call->stream->WritesDone();
  EXPECT_TRUE(call->stream->Finish().ok());
}

TEST_F(PushStreamTest, AClientThatCancelsHarmsNobody) {
  for (int i = 0; i < 20; ++i) {
    auto call = Open();
    for (int n = 1; n <= i; ++n) {
      if (!call->stream->Write(Request(static_cast<std::uint64_t>(i) * 100 + n))) break;
    }
    call->context.TryCancel();
    EXPECT_EQ(call->stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  ASSERT_TRUE(Push(Request(5'000)).status.ok());
}

TEST_F(PushStreamTest, AClientThatNeverReadsStopsOnlyItself) {
  // Its answers are large (every event refused), so that they fill what the connection buffers.
  ioc::v1::PushRequest refused = Request(1);
  refused.set_producer("deaf");
  refused.clear_key();
  refused.clear_events();
  for (int i = 0; i < 2'000; ++i) refused.add_events()->set_indicator(std::string(60, 'x'));

  auto deaf = Open();
  std::atomic<int> written = 0;
  std::thread writer([&] {
    while (deaf->stream->Write(refused)) ++written;
  });
  // Another sender goes on, over and over, until the deaf one is far past its window.
  std::uint64_t sequence = 0;
  int before = -1;
  for (int still = 0; still < 50;) {
    ASSERT_TRUE(Push(Request(++sequence)).status.ok());
    const int now = written;
    still = now == before ? still + 1 : 0;
    before = now;
  }
  ASSERT_TRUE(Push(Request(++sequence)).status.ok());
  EXPECT_EQ(FlowOfA(), sequence);
  deaf->context.TryCancel();
  writer.join();
  EXPECT_EQ(deaf->stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  StopServer();  // after which the server knows that the call is over
  EXPECT_GE(Dropped("answer_of_broken_stream"), 1) << "the last one it was too deaf to take";
}

TEST_F(PushStreamTest, AFullQueueIsFlowControlNotAnError) {
  StopServer();
  StopEngine();
  // Room for one batch at a time: HasRoom() keeps a whole batch free.
  engine_options_.max_queued_bytes = limits::kMaxBatchBytes + 64 * 1024;
  StartServer();
  constexpr int kStreams = 4;
  constexpr std::uint64_t kBatches = 50;
  std::vector<std::thread> senders;
  std::atomic<int> errors = 0, answers = 0;
  for (int s = 0; s < kStreams; ++s) {
    senders.emplace_back([&, s] {
      auto call = Open();
      std::thread writer([&] {
        for (std::uint64_t i = 1; i <= kBatches; ++i) {
          ioc::v1::PushRequest request = Request(i);
          request.set_producer("p" + std::to_string(s));
          for (int n = 1; n < 1'000; ++n) *request.add_events() = ValidEvent();
          if (!call->stream->Write(request)) break;
        }
        call->stream->WritesDone();
      });
      ioc::v1::PushResponse response;
      while (call->stream->Read(&response)) {
        ++answers;
        errors += response.has_error();
      }
      writer.join();
      EXPECT_TRUE(call->stream->Finish().ok());
    });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(errors, 0);
  EXPECT_EQ(answers, kStreams * static_cast<int>(kBatches));
  EXPECT_EQ(FlowOfA(), kStreams * static_cast<double>(kBatches) * 1'000);
}

TEST_F(PushStreamTest, AStoppingServerEndsStreamsWithUnavailable) {
  auto call = Open();
  ASSERT_TRUE(call->stream->Write(Request(1)));
  ioc::v1::PushResponse response;
  ASSERT_TRUE(call->stream->Read(&response));
  service_->Drain();
  EXPECT_FALSE(call->stream->Read(&response));
  EXPECT_EQ(call->stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  // One that comes later is told the same.
  auto late = Open();
  EXPECT_EQ(late->stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

// A read that came in just as the stream was drained handed its batch to the engine, whose answer
// then found the stream gone.
TEST_F(PushStreamTest, TakesNoBatchThatComesInAfterTheEnd) {
  // gRPC does not know this stream: its reactions are called by hand, in the order of the race.
  bool gone = false;
  grpc::CallbackServerContext context;
  PushStream* stream =
      PushStream::Start({context, *ingestor_, *doorkeeper_, {}},
                        std::make_shared<const door::Caller>(), [&](PushStream*) { gone = true; })
          .get();
  stream->Drain();
  stream->OnReadDone(true);
  EXPECT_EQ(AnsweredBatches(), 0);
  EXPECT_EQ(Dropped("batch_of_ended_stream"), 1);
  stream->OnDone();
  EXPECT_TRUE(gone);
}

}  // namespace
}  // namespace iocd::ingest
