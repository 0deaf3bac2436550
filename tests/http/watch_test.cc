// GET /api/v1/watch: server-sent events.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/limits.h"
#include "http/http_limits.h"
#include "http/server_fixture.h"
#include "standing/standing.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpClient;
using iocd::testing::HttpReply;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kEventEnd[] = "\n\n";

class WatchTest : public iocd::testing::ServerFixture {
 protected:
  WatchTest() { Tell(); }

  void Tell() {
    watchers_->Tell(
        std::make_shared<const standing::Standing>(standing::TakeStanding(*engine_, clock_.Now())));
  }

  /// Asks, and returns the header of the answer.
  std::string Watch(HttpClient& client, const std::string& query = "",
                    const std::string& fields = "") {
    client.SendRaw(absl::StrCat("GET /api/v1/watch", query, " HTTP/1.1\r\nHost: 127.0.0.1\r\n",
                                fields, "\r\n"));
    std::string header = client.ReceiveUntil("\r\n\r\n");
    EXPECT_EQ(client.ReceiveUntil(kEventEnd), "retry: 2000\n\n");
    return header;
  }

  /// Department a's flow, and with it the province's.
  void Push(double value) {
    const HttpReply reply =
        PostEvents(absl::StrCat(R"({"department":"a","producer":"p","sequence":)", ++sequence_,
                                R"(,"events":[{"indicator":"flow","value":)", value,
                                R"(,"eventTime":"2023-11-14T22:13:20Z"}]})"));
    EXPECT_EQ(reply.status, 200) << reply.body;
  }

  bool CountsWatchers(std::size_t count) {
    const std::string line = absl::StrCat("\niocd_watchers ", count, "\n");
    for (int i = 0; i < 10'000; ++i) {
      if (Get("/metrics").body.find(line) != std::string::npos) return true;
    }
    return false;
  }

  int sequence_ = 0;
};

TEST_F(WatchTest, SendsWhatStandsAndThenEachChange) {
  HttpClient client(server_->port());
  const std::string header = Watch(client, "?scope=province", "Accept-Encoding: gzip\r\n");
  EXPECT_THAT(header, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(header, HasSubstr("Content-Type: text/event-stream"));
  EXPECT_THAT(header, HasSubstr("Cache-Control: no-store"));
  EXPECT_THAT(header, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(header, Not(AllOf(HasSubstr("Content-Encoding"), HasSubstr("Content-Length"))));
  const std::string first = client.ReceiveUntil(kEventEnd);
  EXPECT_THAT(first, StartsWith("data: {\"complete\":true,\"targets\":["));
  EXPECT_THAT(first, EndsWith("}\n\n"));
  for (const int flow : {3, 6}) {
    Push(3);
    Tell();
    const std::string next = client.ReceiveUntil(kEventEnd);
    EXPECT_THAT(next, HasSubstr("\"complete\":false"));
    EXPECT_THAT(next, HasSubstr("\"indicator\":\"flow\""));
    EXPECT_THAT(next, HasSubstr(absl::StrCat("\"value\":", flow, "}]")));
  }
}

TEST_F(WatchTest, GivesASignOfLifeAfterASilence) {
  HttpClient client(server_->port());
  Watch(client);
  client.ReceiveUntil(kEventEnd);
  clock_.Advance(kHeartbeatEvery);
  watchers_->Look();
  EXPECT_EQ(client.ReceiveUntil(kEventEnd), ":\n\n");
}

TEST_F(WatchTest, SaysWhyItEnds) {
  HttpClient client(server_->port());
  Watch(client);
  client.ReceiveUntil(kEventEnd);
  watchers_->Drain();
  EXPECT_EQ(client.ReceiveUntil(kEventEnd),
            "event: end\ndata: {\"code\":14,\"status\":\"UNAVAILABLE\",\"message\":\"the daemon is "
            "stopping: call again in a moment\"}\n\n");
  EXPECT_TRUE(client.Ended());
  EXPECT_TRUE(CountsWatchers(0));
}

TEST_F(WatchTest, EndsWhenTheServerStops) {
  HttpClient client(server_->port());
  Watch(client);
  client.ReceiveUntil(kEventEnd);
  server_->Stop();
  EXPECT_THAT(client.ReceiveUntil(kEventEnd), StartsWith("event: end\n"));
  EXPECT_TRUE(client.Ended());
}

TEST_F(WatchTest, EndsAfterTheLongestLife) {
  HttpClient client(server_->port());
  Watch(client);
  client.ReceiveUntil(kEventEnd);
  clock_.Advance(limits::kMaxWatchLife);
  watchers_->Look();
  EXPECT_THAT(client.ReceiveUntil(kEventEnd), HasSubstr("as long as one may"));
  EXPECT_TRUE(client.Ended());
}

TEST_F(WatchTest, RefusesWhatItDoesNotKnow) {
  const HttpReply scope = Get("/api/v1/watch?scope=nowhere");
  EXPECT_EQ(scope.status, 404);
  EXPECT_THAT(scope.body, HasSubstr("a scope is 'province' or a department's code"));
  EXPECT_EQ(Get("/api/v1/watch?since=1").status, 400);
  EXPECT_EQ(Send("POST", "/api/v1/watch").status, 405);
}

TEST_F(WatchTest, AnswersHeadWithTheHeaderAlone) {
  HttpClient client(server_->port());
  const HttpReply reply = client.Send("HEAD", "/api/v1/watch");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Field("Content-Type"), "text/event-stream; charset=utf-8");
  EXPECT_EQ(client.Get("/-/healthy").status, 200) << "the connection goes on";
}

TEST_F(WatchTest, TellsOneTooManyWhenToComeAgain) {
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (std::size_t i = 0; i < limits::kMaxWatchers; ++i) {
    clients.push_back(std::make_unique<HttpClient>(server_->port()));
    Watch(*clients.back());
  }
  const HttpReply refused = Get("/api/v1/watch");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.Field("Retry-After"), "5");
  EXPECT_THAT(refused.body, HasSubstr("256 watch already"));
  clients.clear();
  EXPECT_TRUE(CountsWatchers(0)) << "who leaves makes room";
}

TEST_F(WatchTest, WhoTalksWithoutEndIsLetGo) {
  HttpClient client(server_->port());
  Watch(client);
  client.ReceiveUntil(kEventEnd);
  client.SendRaw(std::string(kMaxHeaderBytes + 1, ' '));
  EXPECT_TRUE(client.Ended());
  EXPECT_TRUE(CountsWatchers(0));
}

TEST_F(WatchTest, WhoDoesNotReadHarmsNobodyAndIsLetGo) {
  HttpClient deaf(server_->port());
  Watch(deaf);
  bool let_go = false;
  // Each standing is of a catalogue of its own, so that everything is sent, until the connection
  // holds no more; a second passes with each.
  for (int i = 0; i < 40'000 && !let_go; ++i) {
    standing::Standing standing = standing::TakeStanding(*engine_, clock_.Now());
    standing.catalogue = std::make_shared<const domain::Catalogue>(*standing.catalogue);
    watchers_->Tell(std::make_shared<const standing::Standing>(std::move(standing)));
    clock_.Advance(Duration::Seconds(1));
    watchers_->Look();
    if (i % 100 != 0) continue;
    const HttpReply metrics = Get("/metrics");
    EXPECT_EQ(metrics.status, 200);
    let_go = metrics.body.find("{reason=\"http_answer_unread\"} 1\n") != std::string::npos;
  }
  EXPECT_TRUE(let_go);
  EXPECT_TRUE(CountsWatchers(0));
}

}  // namespace
}  // namespace iocd::http
