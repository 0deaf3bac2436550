// What happens on the wire, beside the routes: limits, reuse of connections, start and stop.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "http/http_limits.h"
#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpClient;
using iocd::testing::HttpReply;
using ::testing::HasSubstr;

class ConnectionsTest : public iocd::testing::ServerFixture {};

TEST_F(ConnectionsTest, AnswersManyRequestsOnOneConnection) {
  HttpClient client(server_->port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.Get("/-/healthy").status, 200);
}

TEST_F(ConnectionsTest, AnswersRequestsThatWereSentAtOnceInOrder) {
  HttpClient client(server_->port());
  client.SendRaw(
      "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: "
      "localhost\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 200);
  EXPECT_EQ(client.Receive().status, 404);
}

TEST_F(ConnectionsTest, EndsTheConnectionWhenTheClientAsks) {
  HttpClient client(server_->port());
  EXPECT_EQ(client.Get("/-/healthy", {{"Connection", "close"}}).status, 200);
  EXPECT_TRUE(client.Ended());
}

TEST_F(ConnectionsTest, RefusesABodyThatIsTooLarge) {
  HttpClient client(server_->port());
  const std::string body(kMaxBodyBytes + 1, ' ');
  const HttpReply reply = client.Send("POST", "/api/v1/events", {}, body);
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.body, "the body of the request is larger than 8388608 bytes.\n");
  EXPECT_TRUE(CountsDropped("http_request_refused"));
}

TEST_F(ConnectionsTest, RefusesAChunkedBodyThatIsTooLarge) {
  HttpClient client(server_->port());
  std::string request =
      "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string chunk = "100000\r\n" + std::string(0x100000, ' ') + "\r\n";
  for (int i = 0; i < 9; ++i) request += chunk;
  client.SendRaw(request);
  EXPECT_EQ(client.Receive().status, 413);
}

TEST_F(ConnectionsTest, RefusesAHeaderThatIsTooLarge) {
  const HttpReply reply = Get("/metrics", {{"X-Long", std::string(kMaxHeaderBytes, 'x')}});
  EXPECT_EQ(reply.status, 431);
  EXPECT_EQ(reply.body, "the header of the request is larger than 16384 bytes.\n");
}

TEST_F(ConnectionsTest, SaysThatSomethingIsNotHttp) {
  HttpClient client(server_->port());
  client.SendRaw("hello\r\n\r\n");
  const HttpReply reply = client.Receive();
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("this is not HTTP/1.1"));
  EXPECT_TRUE(client.Ended());
}

TEST_F(ConnectionsTest, InvitesABodyThatWaitsForIt) {
  HttpClient client(server_->port());
  client.SendRaw(
      "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
      "2\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 100);
  client.SendRaw("{}");
  EXPECT_EQ(client.Receive().status, 400);
}

TEST_F(ConnectionsTest, TellsOneConnectionTooManySo) {
  const rlim_t needed = 2 * kMaxConnections + 100;
  rlimit files{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &files), 0);
  if (files.rlim_max < needed) GTEST_SKIP() << "needs " << needed << " open files";
  files.rlim_cur = std::max(files.rlim_cur, needed);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &files), 0);

  std::vector<std::unique_ptr<HttpClient>> clients;
  for (std::size_t i = 0; i < kMaxConnections; ++i) {
    const char* from = i < kMaxConnectionsOfAddress ? "127.0.0.1" : "127.0.9.2";
    clients.push_back(std::make_unique<HttpClient>(server_->port(), from));
  }
  EXPECT_EQ(clients.back()->Get("/-/healthy").status, 200);
  HttpClient one_too_many(server_->port(), "127.0.9.3");
  const HttpReply refused = one_too_many.Receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.body, "too many connections now.\n");
  EXPECT_EQ(refused.Field("Retry-After"), std::to_string(kRetryAfter.ToWholeSeconds()));
  EXPECT_EQ(refused.Field("X-Content-Type-Options"), "nosniff") << "as every answer";
  EXPECT_TRUE(one_too_many.Ended());
  EXPECT_THAT(clients.front()->Get("/metrics").body,
              HasSubstr("iocd_dropped_total{reason=\"http_connections_exceeded\"} 1\n"));
}

TEST_F(ConnectionsTest, OneAddressLeavesRoomForOthers) {
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (std::size_t i = 0; i < kMaxConnectionsOfAddress; ++i) {
    clients.push_back(std::make_unique<HttpClient>(server_->port()));
  }
  EXPECT_EQ(clients.back()->Get("/-/healthy").status, 200);
  EXPECT_EQ(HttpClient(server_->port()).Receive().status, 503);
  EXPECT_EQ(HttpClient(server_->port(), "127.0.9.2").Get("/-/healthy").status, 200);
}

TEST_F(ConnectionsTest, AClientThatLeavesInTheMiddleOfItsBodyHarmsNobody) {
  HttpClient(server_->port())
      .SendRaw(
          "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"
          "{\"department\":\"a\"");
  EXPECT_EQ(Get("/-/healthy").status, 200);
  EXPECT_TRUE(CountsDropped("http_request_unfinished"));
}

TEST_F(ConnectionsTest, AClientThatNeverReadsHarmsNobody) {
  {
    HttpClient deaf(server_->port());
    std::string requests;  // few bytes, whose answers fill what the connection buffers
    for (int i = 0; i < 2'000; ++i) requests += "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    deaf.SendRaw(requests);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(Get("/metrics").status, 200);
  }
  EXPECT_TRUE(CountsDropped("http_answer_unread"));
}

TEST_F(ConnectionsTest, SaysWhoseThePortIs) {
  const std::string address = "127.0.0.1:" + std::to_string(server_->port());
  Server second({address}, Dependencies());
  const absl::Status status = second.Start();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("cannot listen for HTTP on " + address));
  EXPECT_THAT(std::string(status.message()), HasSubstr("--http-listen"));
}

TEST_F(ConnectionsTest, RefusesAnAddressThatIsNone) {
  Server server({"nonsense"}, Dependencies());
  EXPECT_TRUE(absl::IsInvalidArgument(server.Start()));
}

TEST_F(ConnectionsTest, StopsWhileConnectionsAreOpenAndIdle) {
  HttpClient client(server_->port());
  EXPECT_EQ(client.Get("/-/healthy").status, 200);
  server_->Stop();
  EXPECT_TRUE(client.Ended());
}

TEST_F(ConnectionsTest, AnswersARequestThatIsUnderWayWhenItStops) {
  HttpClient client(server_->port());
  client.SendRaw(
      "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
      "Content-Length: 2\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 100);  // so the request has begun
  std::thread stopping([this] { server_->Stop(); });
  client.SendRaw("{}");
  const HttpReply reply = client.Receive();
  stopping.join();
  EXPECT_EQ(reply.status, 400);
  EXPECT_TRUE(client.Ended());
}

}  // namespace
}  // namespace iocd::http
