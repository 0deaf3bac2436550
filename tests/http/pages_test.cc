#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpClient;
using iocd::testing::HttpReply;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class PagesTest : public iocd::testing::ServerFixture {};

TEST_F(PagesTest, ShowsMetricsAsPrometheusTextUnlessOpenMetricsIsPreferred) {
  const HttpReply text = Get("/metrics", {{"Accept", "*/*"}});
  EXPECT_EQ(text.status, 200);
  EXPECT_EQ(text.Field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(text.body, HasSubstr("# TYPE iocd_events_total counter\n"));

  // As Prometheus 2.42 asks.
  const HttpReply open_metrics =
      Get("/metrics", {{"Accept",
                        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
                        "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"}});
  EXPECT_EQ(open_metrics.Field("Content-Type"),
            "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_THAT(open_metrics.body, HasSubstr("# TYPE iocd_events counter\n"));
  EXPECT_THAT(open_metrics.body, ::testing::EndsWith("# EOF\n"));
}

TEST_F(PagesTest, CompressesMetricsForThoseWhoTakeGzip) {
  const HttpReply plain = Get("/metrics");
  const HttpReply zipped = Get("/metrics", {{"Accept-Encoding", "deflate, gzip"}});
  EXPECT_EQ(plain.Field("Content-Encoding"), "");
  EXPECT_EQ(zipped.Field("Content-Encoding"), "gzip");
  EXPECT_THAT(zipped.body, StartsWith("\x1f\x8b"));
  EXPECT_LT(zipped.body.size(), plain.body.size() / 2);
  EXPECT_EQ(Get("/metrics", {{"Accept-Encoding", "gzip;q=0"}}).Field("Content-Encoding"), "");
}

TEST_F(PagesTest, AnswersHeadWithTheHeaderOfGet) {
  const HttpReply get = Get("/api/v1/departments");
  const HttpReply head = Send("HEAD", "/api/v1/departments");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Field("Content-Type"), get.Field("Content-Type"));
  EXPECT_EQ(head.Field("Content-Length"), std::to_string(get.body.size()));
  EXPECT_EQ(head.body, "");
}

TEST_F(PagesTest, SaysThatItIsHealthyAlwaysAndReadyWhenTold) {
  EXPECT_EQ(Get("/-/healthy").status, 200);
  EXPECT_EQ(Get("/-/ready").status, 503);
  EXPECT_EQ(Get("/-/ready").body, "not ready: iocd is starting or stopping.\n");
  server_->SetReady(true);
  EXPECT_EQ(Get("/-/ready").status, 200);
}

TEST_F(PagesTest, ListsItsAddressesInBothLanguages) {
  const HttpReply index = Get("/api/v1");
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(index.Field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(index.body, HasSubstr("Trung tâm điều hành thông minh"));
  EXPECT_THAT(index.body, HasSubstr("Intelligent operations centre"));
  EXPECT_THAT(index.body, HasSubstr("/api/v1/scorecard"));
}

TEST_F(PagesTest, SaysWhatIsThereInsteadOfAnUnknownPage) {
  const HttpReply page = Get("/wall");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.body, "there is no page '/wall' here; GET /api/v1 lists the pages.\n");
  const HttpReply api = Get("/api/v1/figures");
  EXPECT_EQ(api.status, 404);
  EXPECT_EQ(api.body,
            "{\"code\":5,\"status\":\"NOT_FOUND\",\"message\":\"there is no page "
            "'/api/v1/figures' here; GET /api/v1 lists the pages.\"}\n");
}

TEST_F(PagesTest, NamesTheMethodThatAPageTakes) {
  const HttpReply metrics = Send("DELETE", "/metrics");
  EXPECT_EQ(metrics.status, 405);
  EXPECT_EQ(metrics.Field("Allow"), "GET, HEAD");
  const HttpReply events = Get("/api/v1/events");
  EXPECT_EQ(events.status, 405);
  EXPECT_EQ(events.Field("Allow"), "POST");
  EXPECT_THAT(events.body,
              HasSubstr("the method 'GET' is not known at '/api/v1/events'; use POST."));
}

TEST_F(PagesTest, AnswersQueriesAsJson) {
  const HttpReply departments = Get("/api/v1/departments");
  EXPECT_EQ(departments.Field("Content-Type"), "application/json; charset=utf-8");
  EXPECT_THAT(departments.body, HasSubstr("{\"code\":\"a\",\"nameVi\":\"Sở a\""));
  EXPECT_THAT(Get("/api/v1/indicators?department=a").body, HasSubstr("\"memberSet\":\"areas\""));
  EXPECT_THAT(Get("/api/v1/series?indicator=flow&department=a&buckets_of=1m").body,
              HasSubstr("\"start\":\"2023-11-14T22:12:21Z\""));
  EXPECT_THAT(Get("/api/v1/scorecard?scope=province").body, HasSubstr("\"targets\":[]"));
  EXPECT_THAT(Get("/api/v1/targets?scope=province&superseded=true").body,
              HasSubstr("\"targets\":[]"));
  EXPECT_THAT(Get("/api/v1/reports?scope=a&year=2022&all=true").body,
              HasSubstr("\"reports\":[{\"department\":\"a\""));
}

TEST_F(PagesTest, DecodesPercentEscapesInParameters) {
  EXPECT_EQ(Get("/api/v1/series?indicator=%66low&department=%61").status, 200);
  EXPECT_THAT(Get("/api/v1/series?indicator=%C4%90%C6%A1n+v%E1%BB%8B").body,
              HasSubstr("there is no indicator 'Đơn vị'"));
  EXPECT_EQ(Get("/api/v1/series?indicator=%zz").status, 400);
  EXPECT_EQ(Get("/api/v1/series?indicator=%ff").status, 400);
}

TEST_F(PagesTest, RefusesParametersThatAQueryDoesNotHave) {
  const HttpReply unknown = Get("/api/v1/series?indicater=flow");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_THAT(unknown.body,
              HasSubstr("unknown parameter 'indicater'; known: indicator, department, "
                        "member, buckets_of."));
  EXPECT_THAT(Get("/api/v1/series?indicator=flow&indicator=ratio").body, HasSubstr("stands twice"));
  EXPECT_THAT(Get("/api/v1/targets?superseded=yes").body,
              HasSubstr("parameter 'superseded' is true or false, not 'yes'."));
  EXPECT_THAT(Get("/api/v1/reports?year=2022&year=2022").body, HasSubstr("stands twice"));
  EXPECT_THAT(Get("/api/v1/reports?year=this").body,
              HasSubstr("parameter 'year' is a whole number, not 'this'."));
  EXPECT_THAT(Get("/api/v1/reports?all=yes").body,
              HasSubstr("parameter 'all' is true or false, not 'yes'."));
}

TEST_F(PagesTest, NamesTheNearestCodeForOneThatIsUnknown) {
  const HttpReply reply = Get("/api/v1/series?indicator=duratoin");
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(reply.body, HasSubstr("there is no indicator 'duratoin'; did you mean 'duration'?"));
}

}  // namespace
}  // namespace iocd::http
