// What the HTTP pages do while the clock is in doubt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpReply;
using ::testing::HasSubstr;

constexpr char kBatch[] = R"({"department":"a","producer":"p","sequence":"1","events":[)"
                          R"({"indicator":"flow","eventTime":"2023-11-14T22:13:20Z","value":1}]})";

class ClockTest : public iocd::testing::ServerFixture {
 protected:
  void SetUp() override {
    server_->SetReady(true);
    ASSERT_EQ(Get("/-/ready").status, 200);
    ASSERT_THAT(Get("/metrics").body, HasSubstr("\niocd_clock_in_doubt 0\n"));
    clock_.Jump(Duration::Seconds(600));
  }
};

TEST_F(ClockTest, WhileItIsInDoubtTheDaemonIsNotReadyAndTakesNothing) {
  const HttpReply ready = Get("/-/ready");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body,
              HasSubstr("not ready: the daemon's clock is in doubt: it says 2023-11-15 05:23:20"));
  EXPECT_THAT(ready.body, HasSubstr("10 min ahead of the time that has passed since boot"));
  const HttpReply pushed = PostEvents(kBatch);
  EXPECT_EQ(pushed.status, 503);
  EXPECT_THAT(pushed.body, HasSubstr("the daemon's clock is in doubt"));
}

TEST_F(ClockTest, ReadsGoOnAndTheGaugeSaysThatItIsInDoubt) {
  EXPECT_THAT(Get("/metrics").body, HasSubstr("\niocd_clock_in_doubt 1\n"));
  EXPECT_EQ(Get("/api/v1/departments").status, 200);
  clock_.Jump(Duration::Seconds(-600));
  EXPECT_THAT(Get("/metrics").body, HasSubstr("\niocd_clock_in_doubt 0\n"));
  EXPECT_EQ(Get("/-/ready").status, 200);
}

TEST_F(ClockTest, AnOperatorConfirmsThePresentTime) {
  const HttpReply confirmed = Send("POST", "/-/clock/confirm");
  EXPECT_EQ(confirmed.status, 200);
  EXPECT_EQ(confirmed.body, "confirmed: it is 2023-11-15 05:23:20+07:00.\n");
  EXPECT_EQ(Get("/-/ready").status, 200);
  EXPECT_EQ(PostEvents(kBatch).status, 200);
}

TEST_F(ClockTest, NoLinkConfirmsIt) {
  EXPECT_EQ(Get("/-/clock/confirm").Field("Allow"), "POST");
  EXPECT_EQ(Get("/-/ready").status, 503);
}

}  // namespace
}  // namespace iocd::http
