// Who may send over gRPC, and what becomes of streams whose senders may no longer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "access/access_control.h"
#include "access/token.h"
#include "ingest/server_fixture.h"

namespace iocd::ingest {
namespace {

using ::testing::HasSubstr;

struct Known {
  std::string token = access::NewToken();
  std::string hash = access::HashToken(token).value();
};

const Known& KnownOf(const std::string& department) {
  static const Known a, b;
  return department == "a" ? a : b;
}

/// The fixture's server, which knows the senders "a" and "b".
class AccessTest : public ServerFixture {
 protected:
  using ClientStream = grpc::ClientReaderWriter<ioc::v1::PushRequest, ioc::v1::PushResponse>;
  struct Call {
    grpc::ClientContext context;
    std::unique_ptr<ClientStream> stream;
  };

  void SetUp() override {
    access_.Replace(Senders({"a", "b"}));
    StartServer();
  }

  static std::shared_ptr<const access::Rules> Senders(const std::vector<std::string>& codes) {
    access::Rules::Data data;
    data.territory = "test";
    for (const std::string& code : codes) {
      access::Identity& sender = data.identities.emplace_back();
      sender.name = sender.rights.sender = sender.rights.department = code;
      sender.roles = {access::Role::kSender};
      const Known& known = KnownOf(code);
      sender.tokens = {{std::string(*access::TokenId(known.token)), known.hash, {}}};
    }
    return std::make_shared<const access::Rules>(std::move(data));
  }

  static void Show(const std::string& department, grpc::ClientContext* context) {
    context->AddMetadata("authorization", "Bearer " + KnownOf(department).token);
  }

  std::unique_ptr<Call> Open(const std::string& department) {
    auto call = std::make_unique<Call>();
    Show(department, &call->context);
    call->stream = stub_->PushStream(&call->context);
    return call;
  }

  /// Sends a batch on the stream; whether it was answered without an error.
  bool Send(Call& call, const std::string& department, std::uint64_t sequence) {
    ioc::v1::PushRequest request = Request(sequence, 1);
    request.set_department(department);
    ioc::v1::PushResponse response;
    return call.stream->Write(request) && call.stream->Read(&response) && !response.has_error();
  }

  grpc::Status PushAs(const std::string& department, const std::string& batch_department) {
    grpc::ClientContext context;
    Show(department, &context);
    ioc::v1::PushRequest request = Request(++pushed_, 1);
    request.set_department(batch_department);
    ioc::v1::PushResponse response;
    return stub_->Push(&context, request, &response);
  }

  std::uint64_t pushed_ = 100;  // the last sequence of PushAs()
};

TEST_F(AccessTest, WhoShowsNothingSendsNothing) {
  EXPECT_EQ(Push(Request(1, 1)).status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  grpc::ClientContext context;
  auto stream = stub_->PushStream(&context);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(AccessTest, NobodySendsAsAnother) {
  EXPECT_TRUE(PushAs("a", "a").ok());
  const grpc::Status refused = PushAs("a", "b");
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_THAT(refused.error_message(), HasSubstr("'a' sends as department 'a'; this says 'b'"));
}

TEST_F(AccessTest, OnAStreamABatchOfAnotherIsRefusedInItsPlace) {
  auto call = Open("a");
  EXPECT_FALSE(Send(*call, "b", 1));
  EXPECT_TRUE(Send(*call, "a", 1));
}

TEST_F(AccessTest, AStreamOfOneWhoIsRevokedEndsAndTheOthersGoOn) {
  auto a = Open("a"), b = Open("b");
  EXPECT_TRUE(Send(*a, "a", 1));
  EXPECT_TRUE(Send(*b, "b", 1));
  access_.Replace(Senders({"b"}));
  service_->LookAtStreams();
  ioc::v1::PushResponse response;
  EXPECT_FALSE(a->stream->Read(&response));
  const grpc::Status end = a->stream->Finish();
  EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(end.error_message(), HasSubstr("not known here, or no longer"));
  EXPECT_TRUE(Send(*b, "b", 2));
  EXPECT_EQ(PushAs("a", "a").error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(AccessTest, ABatchAfterTheRevocationIsNotTakenEvenBeforeAnyoneLooks) {
  auto a = Open("a");
  EXPECT_TRUE(Send(*a, "a", 1));
  access_.Replace(Senders({"b"}));
  EXPECT_FALSE(Send(*a, "a", 2));
  EXPECT_EQ(a->stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(FlowOfA(), 1);
}

TEST_F(AccessTest, AStreamEndsWhenItHasLivedLongEnough) {
  access::Quotas quotas;
  quotas.stream_lifetime = Duration::Seconds(60);
  quotas_.Replace(quotas);
  auto a = Open("a");
  EXPECT_TRUE(Send(*a, "a", 1));
  service_->LookAtStreams();
  EXPECT_TRUE(Send(*a, "a", 2));
  clock_.Advance(Duration::Seconds(60));
  service_->LookAtStreams();
  ioc::v1::PushResponse response;
  EXPECT_FALSE(a->stream->Read(&response));
  EXPECT_EQ(a->stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(AccessTest, ADepartmentHasItsNumberOfStreams) {
  access::Quotas quotas;
  quotas.usual.streams = 1;
  quotas_.Replace(quotas);
  auto first = Open("a");
  EXPECT_TRUE(Send(*first, "a", 1));
  auto second = Open("a");
  EXPECT_EQ(second->stream->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  auto other = Open("b");
  EXPECT_TRUE(Send(*other, "b", 1));
}

TEST_F(AccessTest, ARateIsRefusedWithTheTimeToWait) {
  access::Quotas quotas;
  quotas.usual.events_per_second = 1;
  quotas.usual.burst_events = 1;
  quotas_.Replace(quotas);
  EXPECT_TRUE(PushAs("a", "a").ok());
  const grpc::Status refused = PushAs("a", "a");
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_FALSE(refused.error_details().empty()) << "no RetryInfo";
  EXPECT_TRUE(PushAs("b", "b").ok());
  clock_.Advance(Duration::Seconds(1));
  EXPECT_TRUE(PushAs("a", "a").ok());
}

}  // namespace
}  // namespace iocd::ingest
