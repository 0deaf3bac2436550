// What the HTTP doors put into the audit log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using audit::Outcome;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kBatch[] = R"({"department":"a","producer":"p","sequence":"1","events":[)"
                          R"({"indicator":"flow","eventTime":"2023-11-14T22:13:20Z","value":1}]})";

class AuditTest : public iocd::testing::ServerFixture {};

TEST_F(AuditTest, NotesTheFirstPushOfASender) {
  EXPECT_EQ(PostEvents(kBatch).status, 200);
  EXPECT_EQ(PostEvents(kBatch).status, 200);
  const auto entries = recorded_.Of(audit::kFirstPush);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].from, "127.0.0.1");
  EXPECT_EQ(entries[0].how, audit::How::kOpen);
  EXPECT_EQ(entries[0].call, "POST /api/v1/events");
  EXPECT_EQ(entries[0].department, "a");
  EXPECT_EQ(entries[0].producer, "p");
}

TEST_F(AuditTest, NotesWhatIsRefusedBeforeItIsABatch) {
  EXPECT_EQ(PostEvents("{not json").status, 400);
  ASSERT_THAT(recorded_.Of(audit::kPushRefused), SizeIs(1));
  EXPECT_THAT(recorded_.Of(audit::kPushRefused)[0].why, StartsWith("INVALID_ARGUMENT: "));
}

TEST_F(AuditTest, NotesARefusedBatchWithItsSender) {
  EXPECT_EQ(PostEvents(R"({"department":"nowhere","producer":"p"})").status, 400);
  const auto entries = recorded_.Of(audit::kPushRefused);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].department, "nowhere");
  EXPECT_EQ(entries[0].producer, "p");
  EXPECT_EQ(entries[0].outcome, Outcome::kRefused);
}

TEST_F(AuditTest, NotesWhoConfirmsTheClock) {
  EXPECT_EQ(Send("POST", "/-/clock/confirm").status, 200);
  const auto entries = recorded_.Of(audit::kClockConfirm);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].outcome, Outcome::kDone);
  EXPECT_EQ(entries[0].call, "POST /-/clock/confirm");
  EXPECT_THAT(entries[0].what, HasSubstr("it was not in doubt"));
}

}  // namespace
}  // namespace iocd::http
