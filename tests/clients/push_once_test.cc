#include "ioc/client/push_once.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "ioc/client/channel.h"
#include "scripted_ingest.h"

namespace ioc::client {
namespace {

v1::PushRequest Request() {
  v1::PushRequest request;
  request.set_sequence(3);
  request.add_events();
  return request;
}

TEST(PushOnceTest, ReturnsTheAnswer) {
  ScriptedIngest daemon(AcceptAll);
  const PushResult result = PushOnce(Connect(daemon.target()), Request(), absl::Seconds(60));
  ASSERT_TRUE(result.status.ok());
  EXPECT_EQ(result.response.sequence(), 3u);
  EXPECT_EQ(result.response.accepted(), 1u);
}

TEST(PushOnceTest, TakesAnAnswerThatIsLargerThanGrpcsOwnLimit) {
  ScriptedIngest daemon([](const v1::PushRequest& request) {
    v1::PushResponse response = AcceptAll(request);
    response.add_rejected()->set_message(std::string(5 * 1024 * 1024, 'x'));
    return response;
  });
  const PushResult result = PushOnce(Connect(daemon.target()), Request(), absl::Seconds(60));
  EXPECT_TRUE(result.status.ok()) << result.status;
}

TEST(PushOnceTest, ReadsTheDelayOfRetryInfo) {
  ScriptedIngest daemon([](const v1::PushRequest&) { return std::nullopt; });
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(2);
  info.mutable_retry_delay()->set_nanos(500'000'000);
  google::rpc::Status status;
  status.add_details()->PackFrom(info);
  daemon.unary_failure = {grpc::StatusCode::RESOURCE_EXHAUSTED, "busy", status.SerializeAsString()};
  const PushResult result = PushOnce(Connect(daemon.target()), Request(), absl::Seconds(60));
  EXPECT_EQ(result.status, absl::ResourceExhaustedError("busy"));
  EXPECT_EQ(result.retry_after, absl::Milliseconds(2'500));
}

TEST(PushOnceTest, SaysThatNoDaemonIsThere) {
  const PushResult result = PushOnce(Connect("127.0.0.1:1"), Request(), absl::Seconds(60));
  EXPECT_EQ(result.status.code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(result.retry_after.has_value());
}

}  // namespace
}  // namespace ioc::client
