// What a page that someone opens in a browser may make that browser ask of an open daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "http/server_fixture.h"

namespace iocd::http {
namespace {

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

}  // namespace
}  // namespace iocd::http
