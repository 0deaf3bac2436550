// What POST /-/reload answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpReply;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReloadTest : public iocd::testing::ServerFixture {};

TEST_F(ReloadTest, TellsWhatHasChanged) {
  EXPECT_EQ(Send("POST", "/-/reload").body,
            "reloaded; the configuration says what it said before.\n");
  reloading_.outcome.changes = {"indicator 'x' is new", "indicator 'y' is gone"};
  const HttpReply reply = Send("POST", "/-/reload");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "reloaded:\nindicator 'x' is new\nindicator 'y' is gone\n");
  EXPECT_THAT(reloading_.asked_by(), ElementsAre("HTTP", "HTTP"));
}

TEST_F(ReloadTest, TellsEveryMistake) {
  reloading_.outcome = {
      absl::FailedPreconditionError("the configuration has 2 mistakes"), {}, {"a:1:1: x", "b: y"}};
  const HttpReply reply = Send("POST", "/-/reload");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, "the configuration has 2 mistakes:\na:1:1: x\nb: y\n");
}

TEST_F(ReloadTest, TellsWhyItCannotBeDoneNow) {
  reloading_.outcome.status = absl::UnavailableError("the daemon is starting");
  const HttpReply reply = Send("POST", "/-/reload");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "the daemon is starting.\n");
}

TEST_F(ReloadTest, NoLinkReloads) {
  const HttpReply got = Get("/-/reload");
  EXPECT_EQ(got.status, 405);
  EXPECT_EQ(got.Field("Allow"), "POST");
  EXPECT_THAT(reloading_.asked_by(), IsEmpty());
}

}  // namespace
}  // namespace iocd::http
