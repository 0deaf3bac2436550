// What a page that someone opens in a browser may make that browser ask of an open daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpClient;
using iocd::testing::HttpReply;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBatch[] = R"({"department":"a","producer":"p","sequence":"1","events":[)"
                          R"({"indicator":"flow","eventTime":"2023-11-14T22:13:20Z","value":1}]})";

class BrowsersTest : public iocd::testing::ServerFixture {
 protected:
  std::string RefusedCalls(int count) {
    return absl::StrCat("\niocd_calls_refused_total{code=\"PERMISSION_DENIED\"} ", count, "\n");
  }
};

// The routes each looked for themselves: a reload that was refused stood in no audit log, and
// neither it nor a confirmation of the clock was counted.
TEST_F(BrowsersTest, NoPageOfAnotherSiteChangesAnything) {
  const std::pair<std::string, std::string> changes[] = {
      {"/api/v1/events", "send events"},
      {"/-/reload", "reload the configuration"},
      {"/-/clock/confirm", "confirm the clock"},
  };
  int refused = 0;
  for (const auto& [path, what] : changes) {
    SCOPED_TRACE(path);
    const HttpReply reply = Send("POST", path, {{"Origin", "http://evil.example"}}, kBatch);
    EXPECT_EQ(reply.status, 403);
    const std::string why = absl::StrCat("pages of other sites may not ", what, " here.");
    EXPECT_THAT(reply.body, HasSubstr(why));
    const auto entries = recorded_.All();
    ASSERT_THAT(entries, SizeIs(++refused));
    EXPECT_EQ(entries.back().action, audit::kPermissionRefused);
    EXPECT_EQ(entries.back().outcome, audit::Outcome::kRefused);
    EXPECT_EQ(entries.back().from, "127.0.0.1");
    EXPECT_EQ(entries.back().how, audit::How::kOpen);
    EXPECT_EQ(entries.back().call, "POST " + path);
    EXPECT_EQ(entries.back().what, what);
    EXPECT_EQ(entries.back().why, why);
    EXPECT_THAT(Get("/metrics").body, HasSubstr(RefusedCalls(refused)));
  }
  EXPECT_THAT(reloading_.asked_by(), IsEmpty());
}

TEST_F(BrowsersTest, APageOfTheDaemonsOwnSiteMayChangeWhatItsUserMay) {
  EXPECT_EQ(PostEvents(kBatch, {{"Origin", "http://127.0.0.1"}}).status, 200);
  EXPECT_EQ(Send("POST", "/-/reload", {{"Origin", "http://127.0.0.1"}}).status, 200);
}

// A page of evil.example, whose owner made that name lead to 127.0.0.1 once it was open: to the
// browser the daemon was the page's own site.
TEST_F(BrowsersTest, NoPageReachesAnOpenDaemonByANameOfItsOwn) {
  const std::string host = absl::StrCat("evil.example:", server_->port());
  const HttpClient::Fields rebound = {{"Host", host}, {"Origin", "http://" + host}};
  for (const char* path : {"/api/v1/events", "/-/reload", "/-/clock/confirm"}) {
    EXPECT_EQ(Send("POST", path, rebound, "").status, 403) << path;
  }
  for (const char* path :
       {"/metrics", "/api/v1/departments", "/api/v1/indicators", "/api/v1/series?indicator=flow",
        "/api/v1/scorecard", "/api/v1/targets", "/api/v1/resume?department=a&producer=p"}) {
    const HttpReply reply = Get(path, {{"Host", host}});
    EXPECT_EQ(reply.status, 403) << path;
    EXPECT_THAT(reply.body, HasSubstr("answers only where the Host of the request is an IP address "
                                      "or localhost, as in http://127.0.0.1:7480/metrics"));
  }
  const auto entries = recorded_.All();
  ASSERT_THAT(entries, SizeIs(10));
  EXPECT_EQ(entries.back().action, audit::kPermissionRefused);
  EXPECT_EQ(entries.back().call, "GET /api/v1/resume");
  EXPECT_THAT(entries.back().why, HasSubstr("IP address or localhost"));
  EXPECT_THAT(Get("/metrics").body, HasSubstr(RefusedCalls(10)));
  EXPECT_THAT(reloading_.asked_by(), IsEmpty());
}

TEST_F(BrowsersTest, WhatAnyoneMayReadIsReadByAnyName) {
  for (const char* path : {"/", "/wall/app.js", "/api/v1", "/-/healthy"}) {
    EXPECT_EQ(Get(path, {{"Host", "ioc.example"}}).status, 200);
  }
}

TEST_F(BrowsersTest, ProgramsReachAnOpenDaemonByItsAddress) {
  for (const char* host : {"127.0.0.1", "127.0.0.1:7480", "localhost", "LocalHost:7480", "[::1]",
                           "[::1]:7480", "10.1.2.3:80", ""}) {
    EXPECT_EQ(Get("/metrics", {{"Host", host}}).status, 200) << host;
  }
  for (const char* host : {"localhost.evil.example", "127.0.0.1.evil.example:7480", "localhost.",
                           "[evil]:7480", "evil:127.0.0.1", "::1"}) {
    EXPECT_EQ(Get("/metrics", {{"Host", host}}).status, 403) << host;
  }
}

// There a page knows no token, and a name is what the certificate is for.
TEST_F(BrowsersTest, ADaemonThatAsksWhoCallsIsReachedByAnyName) {
  access::Rules::Data data;
  data.open_metrics = {*access::Network::Parse("127.0.0.0/8")};
  access_.Replace(std::make_shared<const access::Rules>(std::move(data)));
  EXPECT_EQ(Get("/metrics", {{"Host", "ioc.example"}}).status, 200);
}

TEST_F(BrowsersTest, ADaemonThatIsOpenToANetworkIsReachedByAnyName) {
  Server open({"0.0.0.0:0"}, Dependencies());
  const absl::Status started = open.Start();
  ASSERT_TRUE(started.ok()) << started;
  EXPECT_EQ(HttpClient(open.port()).Get("/metrics", {{"Host", "ioc.example"}}).status, 200);
}

}  // namespace
}  // namespace iocd::http
