#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpReply;
using ::testing::HasSubstr;

constexpr char kFlowOfOneMinute[] =
    "ioc_indicator_value{department=\"a\",indicator=\"flow\",window=\"1m\"} ";

class EventsTest : public iocd::testing::ServerFixture {
 protected:
  // A batch of department "a" under sequence 1 with one event.
  static std::string Batch(const std::string& event) {
    return R"({"department":"a","producer":"p","sequence":"1","events":[)" + event + "]}";
  }
  static std::string Flow(const std::string& value) {
    return R"({"indicator":"flow","eventTime":"2023-11-14T22:13:20Z","value":)" + value + "}";
  }
};

TEST_F(EventsTest, ShowsAnEventToAReadThatBeginsAfterItsAnswer) {
  const HttpReply reply = PostEvents(Batch(Flow("2.5")));
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Field("Content-Type"), "application/json; charset=utf-8");
  EXPECT_THAT(reply.body, HasSubstr("\"sequence\":\"1\""));
  EXPECT_THAT(reply.body, HasSubstr("\"accepted\":1"));
  EXPECT_THAT(reply.body, HasSubstr("\"duplicate\":false"));
  EXPECT_THAT(reply.body, HasSubstr("\"rejected\":[]"));
  EXPECT_THAT(reply.body, HasSubstr("\"serverTime\":\"2023-11-14T22:13:20Z\""));
  EXPECT_THAT(Get("/metrics").body, HasSubstr(std::string(kFlowOfOneMinute) + "2.5\n"));
}

TEST_F(EventsTest, CountsABatchOnceThatIsSentTwice) {
  ASSERT_EQ(PostEvents(Batch(Flow("2.5"))).status, 200);
  // Other spaces, the same content.
  const HttpReply repeat = PostEvents("\n " + Batch(Flow("2.50")) + "\n");
  EXPECT_EQ(repeat.status, 200);
  EXPECT_THAT(repeat.body, HasSubstr("\"duplicate\":true"));
  EXPECT_THAT(repeat.body, HasSubstr("\"accepted\":1"));
  EXPECT_THAT(Get("/metrics").body, HasSubstr(std::string(kFlowOfOneMinute) + "2.5\n"));
}

TEST_F(EventsTest, RefusesASequenceThatWasUsedWithOtherContent) {
  ASSERT_EQ(PostEvents(Batch(Flow("2.5"))).status, 200);
  const HttpReply reuse = PostEvents(Batch(Flow("3")));
  EXPECT_EQ(reuse.status, 409);
  EXPECT_THAT(reuse.body, HasSubstr("{\"code\":6,\"status\":\"ALREADY_EXISTS\",\"message\":\""));
}

TEST_F(EventsTest, TellsAProducerWhereItGoesOn) {
  const std::string batch = Batch(Flow("2.5"));
  ASSERT_EQ(PostEvents(batch).status, 200);
  ASSERT_EQ(PostEvents(absl::StrReplaceAll(batch, {{"\"1\"", "\"4\""}})).status, 200);
  const HttpReply resumed = Get("/api/v1/resume?department=a&producer=p");
  EXPECT_EQ(resumed.status, 200);
  EXPECT_EQ(resumed.body,
            "{\"lastSequence\":\"4\",\"gaps\":[{\"first\":\"2\",\"last\":\"3\"}],"
            "\"closedThrough\":\"0\"}\n");
  const HttpReply unknown = Get("/api/v1/resume?department=nowhere&producer=p");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_THAT(unknown.body, HasSubstr("'nowhere' is not in the catalogue"));
  EXPECT_THAT(Get("/api/v1/resume?sender=a").body, HasSubstr("known: department, producer"));
  EXPECT_EQ(Send("POST", "/api/v1/resume?department=a&producer=p").Field("Allow"), "GET, HEAD");
}

TEST_F(EventsTest, NamesTheFieldsThereAreWhereOneIsUnknown) {
  EXPECT_THAT(PostEvents(R"({"seq":1})").body,
              HasSubstr("unknown field 'seq'; allowed: department, producer, sequence, batchId"));
  EXPECT_THAT(
      PostEvents(R"({"events":[{},{"time":"x"}]})").body,
      HasSubstr("unknown field 'time' in events[1]; allowed: indicator, department, member, "
                "eventTime, value, ratio"));
  EXPECT_THAT(
      PostEvents(R"({"events":[{"ratio":{"total":1}}]})").body,
      HasSubstr("unknown field 'total' in events[0].ratio; allowed: numerator, denominator"));
}

TEST_F(EventsTest, SaysHowATimeIsWritten) {
  EXPECT_THAT(PostEvents(R"({"events":[{"eventTime":"22/11/2026"}]})").body,
              HasSubstr("write a time as "));
}

TEST_F(EventsTest, SaysThatTheBodyIsEmpty) {
  EXPECT_THAT(PostEvents("").body, HasSubstr("the body is empty"));
}

TEST_F(EventsTest, ShowsThePlaceWhereTheJsonIsBroken) {
  const HttpReply reply = PostEvents(R"({"department":"a",,})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("{\"code\":3,\"status\":\"INVALID_ARGUMENT\",\"message\":\"the "
                                    "body is not a PushRequest in JSON: "));
  EXPECT_THAT(reply.body, HasSubstr(R"(after '{\"department\":\"a\",' stands ',}'.)"));
}

TEST_F(EventsTest, NamesAFieldThatIsUnknown) {
  const HttpReply reply = PostEvents(Batch(R"({"indicater":"flow"})"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("indicater"));
  EXPECT_THAT(reply.body, HasSubstr("events[0]"));
}

TEST_F(EventsTest, RefusesNanAsJsonAndAsAValue) {
  EXPECT_EQ(PostEvents(Batch(Flow("NaN"))).status, 400);
  const HttpReply quoted = PostEvents(Batch(Flow("\"NaN\"")));
  EXPECT_EQ(quoted.status, 200);
  EXPECT_THAT(quoted.body, HasSubstr("\"accepted\":0"));
  EXPECT_THAT(quoted.body, HasSubstr("\"code\":\"INVALID_VALUE\""));
}

TEST_F(EventsTest, RefusesABodyThatIsNotUtf8) {
  const HttpReply reply = PostEvents(R"({"department":")" + std::string("\xff") + "\"}");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("the body is not UTF-8"));
}

TEST_F(EventsTest, GivesTheSameWordsAsGrpcForABatchThatLacksItsProducer) {
  const HttpReply reply = PostEvents(R"({"department":"a","events":[]})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("producer"));
}

TEST_F(EventsTest, CountsRequestsThatItCouldNotRead) {
  PostEvents("{");
  EXPECT_THAT(Get("/metrics").body, HasSubstr("iocd_batches_total{code=\"INVALID_ARGUMENT\"} 1\n"));
}

TEST_F(EventsTest, SaysUnavailableWhileTheEngineStops) {
  engine_->Stop();
  const HttpReply reply = PostEvents(Batch(Flow("1")));
  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.body, HasSubstr("\"status\":\"UNAVAILABLE\""));
}

}  // namespace
}  // namespace iocd::http
