#include <gmock/gmock.h>

#include "base/posix_file_system.h"
#include "http/server_fixture.h"
#include "support/test_catalogue.h"

namespace iocd::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A server whose engine has not read its log yet.
class StartingTest : public ServerFixture {
 protected:
  StartingTest()
      : starting_({.data_directory = directory_.path() + "/other"}, PosixFileSystem(),
                  TestCatalogue(), metrics_),
        ingestor_of_starting_(starting_, clock_, clock_guard_, metrics_, quotas_, recorded_, {}),
        query_of_starting_(starting_, clock_),
        watchers_of_starting_(starting_, doorkeeper_, clock_, metrics_),
        early_({"127.0.0.1:0"},
               {starting_, clock_, clock_guard_, metrics_, ingestor_of_starting_,
                query_of_starting_, doorkeeper_, reloading_, recorded_, watchers_of_starting_}) {
    const absl::Status started = early_.Start();
    EXPECT_TRUE(started.ok()) << started;
  }

  HttpReply Ask(const std::string& method, const std::string& target,
                const std::string& body = "") {
    return HttpClient(early_.port()).Send(method, target, {}, body);
  }

  engine::Engine starting_;
  ingest::Ingestor ingestor_of_starting_;
  query::Query query_of_starting_;
  query::Watchers watchers_of_starting_;
  http::Server early_;
};

TEST_F(StartingTest, IsHealthyButEveryOtherDoorSaysThatItIsStarting) {
  EXPECT_EQ(Ask("GET", "/-/healthy").status, 200);
  for (const char* target :
       {"/-/ready", "/api/v1/departments", "/api/v1/indicators", "/api/v1/series?indicator=flow",
        "/api/v1/scorecard", "/api/v1/targets", "/api/v1/reports", "/api/v1/watch",
        "/api/v1/resume?department=a&producer=p"}) {
    const HttpReply reply = Ask("GET", target);
    EXPECT_EQ(reply.status, 503) << target;
    EXPECT_THAT(reply.body, HasSubstr("reads its event log")) << target;
  }
  EXPECT_EQ(Ask("POST", "/-/clock/confirm").status, 503);
  const HttpReply pushed = Ask("POST", "/api/v1/events", R"({"department": "a", "producer": "p"})");
  EXPECT_EQ(pushed.status, 503);
  EXPECT_THAT(pushed.body, HasSubstr("try the same again"));
}

// Who watches the daemon has to tell a long start from a dead daemon.
TEST_F(StartingTest, TellsPrometheusThatItReadsItsLogAndNothingThatItDoesNotKnowYet) {
  const HttpReply reply = Ask("GET", "/metrics");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("\niocd_recovering 1\n"));
  EXPECT_THAT(reply.body, HasSubstr("\niocd_build_info{"));
  EXPECT_THAT(reply.body, Not(HasSubstr("\nioc_")));
  EXPECT_THAT(reply.body, Not(HasSubstr("\niocd_series")));
  EXPECT_THAT(HttpClient(server_->port()).Get("/metrics").body, HasSubstr("\niocd_recovering 0\n"));
}

}  // namespace
}  // namespace iocd::testing
