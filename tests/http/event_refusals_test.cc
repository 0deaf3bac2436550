// Every way in which a batch or an event is refused, as a sender over HTTP sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "base/limits.h"
#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpReply;
using ::testing::HasSubstr;

constexpr char kFlow[] = R"({"indicator":"flow","eventTime":"2023-11-14T22:13:20Z","value":1})";

/// Fields of a PushRequest: who sends, then `rest`.
std::string From(const std::string& producer, const std::string& rest) {
  return absl::StrCat(R"({"department":"a","producer":")", producer, R"(",)", rest, "}");
}

class EventRefusalsTest : public iocd::testing::ServerFixture {
 protected:
  using ServerFixture::ServerFixture;

  void ExpectRefused(const std::string& json, int http_status, const std::string& status,
                     const std::string& words) {
    const HttpReply reply = PostEvents(json);
    EXPECT_EQ(reply.status, http_status) << words;
    EXPECT_THAT(reply.body, HasSubstr(absl::StrCat("\"status\":\"", status, "\"")));
    EXPECT_THAT(reply.body, HasSubstr(words));
  }
};

TEST_F(EventRefusalsTest, NamesWhatIsWrongWithTheWholeBatch) {
  constexpr char kInvalid[] = "INVALID_ARGUMENT";
  const std::string long_name(limits::kMaxProducerNameBytes + 1, 'p');
  ExpectRefused("{}", 400, kInvalid, "department is missing");
  ExpectRefused(R"({"department":"nowhere","producer":"p"})", 400, kInvalid,
                "department 'nowhere' is not in the catalogue");
  ExpectRefused(R"({"department":"a"})", 400, kInvalid, "producer is missing");
  ExpectRefused(From(long_name, R"("events":[])"), 400, kInvalid, "at most 64");
  ExpectRefused(From("p", R"("sequence":0)"), 400, kInvalid, "sequence is 0");
  ExpectRefused(From("p", absl::StrCat(R"("batchId":")", long_name, "\"")), 400, kInvalid,
                "at most 64");
  ExpectRefused(From("p", R"("sequence":1000001)"), 400, "FAILED_PRECONDITION", "1000001");
  ExpectRefused(From("p", R"("simulated":true)"), 400, "FAILED_PRECONDITION", "--demo");
}

TEST_F(EventRefusalsTest, TakesTenThousandEventsAndNotOneMore) {
  std::string events = kFlow;
  for (std::size_t i = 1; i < limits::kMaxBatchEvents; ++i) absl::StrAppend(&events, ",", kFlow);
  const HttpReply most = PostEvents(From("p", absl::StrCat(R"("events":[)", events, "]")));
  EXPECT_EQ(most.status, 200);
  EXPECT_THAT(most.body, HasSubstr("\"accepted\":10000"));
  ExpectRefused(From("p", absl::StrCat(R"("events":[)", events, ",", kFlow, "]")), 400,
                "INVALID_ARGUMENT", "10001 events; at most 10000");
}

TEST_F(EventRefusalsTest, RefusesMoreThanFourMebibytes) {
  const std::string reference(limits::kMaxBatchBytes, 'x');
  ExpectRefused(From("p", absl::StrCat(R"("events":[{"reference":")", reference, "\"}]")), 400,
                "INVALID_ARGUMENT", "bytes; at most 4194304");
}

TEST_F(EventRefusalsTest, RefusesEventsOneByOneWithTheirCodes) {
  const std::string now = R"("eventTime":"2023-11-14T22:13:20Z")";
  const std::pair<std::string, std::string> refused[] = {
      {"UNKNOWN_INDICATOR", R"({"indicator":"nothing","value":1,)" + now + "}"},
      {"UNKNOWN_DEPARTMENT",
       R"({"indicator":"flow","department":"nowhere","value":1,)" + now + "}"},
      {"UNKNOWN_MEMBER", R"({"indicator":"flow","member":"north","value":1,)" + now + "}"},
      {"NOT_PERMITTED", R"({"indicator":"owned","department":"b","value":1,)" + now + "}"},
      {"WRONG_MEASURE",
       R"({"indicator":"flow","ratio":{"numerator":1,"denominator":2},)" + now + "}"},
      {"INVALID_VALUE", R"({"indicator":"flow","value":"Infinity",)" + now + "}"},
      {"OUT_OF_RANGE", R"({"indicator":"owned","value":11,)" + now + "}"},
      {"MISSING_TIME", R"({"indicator":"flow","value":1})"},
      {"TOO_OLD", R"({"indicator":"flow","value":1,"eventTime":"2023-10-15T22:13:19Z"})"},
      {"IN_FUTURE", R"({"indicator":"flow","value":1,"eventTime":"2023-11-14T22:14:21Z"})"},
  };
  std::string events = kFlow;
  for (const auto& [code, event] : refused) absl::StrAppend(&events, ",", event);
  const HttpReply reply = PostEvents(From("p", absl::StrCat(R"("events":[)", events, "]")));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("\"accepted\":1,"));
  int index = 0;
  for (const auto& [code, event] : refused) {
    EXPECT_THAT(reply.body, HasSubstr(absl::StrCat("{\"index\":", ++index, ",\"code\":\"", code,
                                                   "\",\"message\":\"")));
  }
}

class FullQueueTest : public EventRefusalsTest {
 protected:
  FullQueueTest() : EventRefusalsTest(engine::Engine::Options{.max_queued_bytes = 0}) {}
};

TEST_F(FullQueueTest, SaysWhenToComeAgain) {
  const HttpReply reply = PostEvents(From("p", absl::StrCat(R"("events":[)", kFlow, "]")));
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.Field("Retry-After"), "1");
  EXPECT_THAT(reply.body, HasSubstr("\"status\":\"RESOURCE_EXHAUSTED\""));
}

}  // namespace
}  // namespace iocd::http
