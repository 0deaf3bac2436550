// Who may send a body at all, and how much memory bodies hold that are on their way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "access/token.h"
#include "http/http_limits.h"
#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpClient;
using iocd::testing::HttpReply;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class BodiesTest : public iocd::testing::ServerFixture {
 protected:
  /// The header of a request whose body never comes.
  static std::string Header(const std::string& request, const std::string& more = "") {
    return absl::StrCat(request, " HTTP/1.1\r\nHost: 127.0.0.1\r\n", more,
                        "Transfer-Encoding: chunked\r\n\r\n");
  }
  static std::string SlowBatch(const std::string& more = "") {
    return Header("POST /api/v1/events", "Expect: 100-continue\r\n" + more);
  }
  static std::string Chunked(const std::string& body) {
    return absl::StrCat(absl::Hex(body.size()), "\r\n", body, "\r\n0\r\n\r\n");
  }

  /// A client that has been told to send its body; nullptr if it has not.
  std::unique_ptr<HttpClient> Invited(const std::string& from, const std::string& more = "") {
    auto client = std::make_unique<HttpClient>(server_->port(), from);
    client->SendRaw(SlowBatch(more));
    return client->Receive().status == 100 ? std::move(client) : nullptr;
  }

  /// The daemon knows one sender; a client that has been told to send its body.
  std::unique_ptr<HttpClient> InvitedSender() {
    static const std::string token = access::NewToken();
    static const std::string hash = access::HashToken(token).value();
    access::Rules::Data data;
    data.territory = "test";
    access::Identity& sender = data.identities.emplace_back();
    sender.name = sender.rights.sender = sender.rights.department = "a";
    sender.roles = {access::Role::kSender};
    sender.tokens = {{std::string(*access::TokenId(token)), hash, {}}};
    access_.Replace(std::make_shared<const access::Rules>(std::move(data)));
    return Invited("127.0.0.1", absl::StrCat("Authorization: Bearer ", token, "\r\n"));
  }
  /// The daemon knows nobody.
  void KnowNobody() {
    access_.Replace(std::make_shared<const access::Rules>(access::Rules::Data{}));
  }
};

// 16 connections of anybody's each held 8 MiB for a minute, all that there is, and every sender
// was told meanwhile that there is no room.
TEST_F(BodiesTest, WhomTheDaemonDoesNotKnowIsToldSoBeforeTheBody) {
  KnowNobody();
  std::vector<std::unique_ptr<HttpClient>> strangers;
  for (std::uint64_t bytes = 0; bytes <= kMaxBodiesBytes; bytes += kMaxBodyBytes) {
    strangers.push_back(std::make_unique<HttpClient>(server_->port()));
    strangers.back()->SendRaw(SlowBatch());
    const HttpReply reply = strangers.back()->Receive();
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.Field("Connection"), "close");
    EXPECT_EQ(reply.Field("WWW-Authenticate"), "Bearer");
  }
  EXPECT_TRUE(strangers.front()->Ended());
  EXPECT_THAT(recorded_.Of(audit::kIdentityRefused), SizeIs(strangers.size()));
}

TEST_F(BodiesTest, WhoWasAdmittedByTheHeaderSendsTheBody) {
  const auto client = InvitedSender();
  ASSERT_NE(client, nullptr);
  client->SendRaw(Chunked(R"({"department":"b","producer":"p"})"));
  EXPECT_THAT(client->Receive().body, HasSubstr("'a' sends as department 'a'"));
}

TEST_F(BodiesTest, WhoIsRevokedBeforeTheBodyIsThereSendsNothing) {
  const auto client = InvitedSender();
  ASSERT_NE(client, nullptr);
  KnowNobody();
  client->SendRaw(Chunked("{}"));
  EXPECT_EQ(client->Receive().status, 401);
}

TEST_F(BodiesTest, APageThatTakesNoBodySaysSo) {
  for (const std::string call : {"POST /-/reload", "GET /metrics", "GET /-/healthy"}) {
    HttpClient client(server_->port());
    client.SendRaw(Header(call));
    const HttpReply reply = client.Receive();
    EXPECT_EQ(reply.status, 413) << call;
    EXPECT_EQ(reply.body, call + " takes no body.\n");
    EXPECT_TRUE(client.Ended());
  }
  EXPECT_TRUE(CountsDropped("http_request_refused", 3));
}

TEST_F(BodiesTest, AMistakeInTheAddressIsToldBeforeTheBody) {
  for (const auto& [call, status] :
       {std::pair("POST /nowhere", 404), {"PUT /api/v1/events", 405}}) {
    HttpClient client(server_->port());
    client.SendRaw(Header(call));
    EXPECT_EQ(client.Receive().status, status);
    EXPECT_TRUE(client.Ended());
  }
}

TEST_F(BodiesTest, OnesThatArriveSlowlyHoldBoundedMemory) {
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (std::uint64_t bytes = 0; bytes < kMaxBodiesBytes; bytes += kMaxBodyBytes) {
    slow.push_back(Invited(bytes < kMaxBodiesBytesOfAddress ? "127.0.0.1" : "127.0.9.2"));
    EXPECT_NE(slow.back(), nullptr);
  }
  HttpClient one_too_many(server_->port(), "127.0.9.3");
  one_too_many.SendRaw(SlowBatch());
  const HttpReply refused = one_too_many.Receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.Field("Retry-After"), std::to_string(kRetryAfter.ToWholeSeconds()));
  EXPECT_EQ(Get("/-/healthy").status, 200) << "a request without a body";
  const std::size_t left = slow.size();
  slow.clear();
  EXPECT_TRUE(CountsDropped("http_request_unfinished", left));
  EXPECT_EQ(PostEvents("{}").status, 400) << "there is room again";
}

TEST_F(BodiesTest, ThoseOfOneAddressLeaveRoomForOthers) {
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (std::uint64_t bytes = 0; bytes < kMaxBodiesBytesOfAddress; bytes += kMaxBodyBytes) {
    slow.push_back(Invited("127.0.9.2"));
    EXPECT_NE(slow.back(), nullptr);
  }
  EXPECT_EQ(Invited("127.0.9.2"), nullptr);
  EXPECT_NE(Invited("127.0.9.3"), nullptr);
}

}  // namespace
}  // namespace iocd::http
