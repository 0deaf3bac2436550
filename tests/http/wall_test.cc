#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace iocd::http {
namespace {

using iocd::testing::HttpReply;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class WallTest : public iocd::testing::ServerFixture {};

TEST_F(WallTest, StandsAtTheRoot) {
  const HttpReply page = Get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.Field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, StartsWith("<!DOCTYPE html>"));
  EXPECT_EQ(page.body, Get("/wall/index.html").body);
  EXPECT_EQ(Get("/wall/app.js").Field("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(Get("/wall/style.css").Field("Content-Type"), "text/css; charset=utf-8");
}

TEST_F(WallTest, MayLoadAndCallNothingButItsDaemon) {
  for (const char* path : {"/", "/wall/app.js"}) {
    const HttpReply file = Get(path);
    EXPECT_THAT(file.Field("Content-Security-Policy"), StartsWith("default-src 'none'; "));
    EXPECT_THAT(file.Field("Content-Security-Policy"), HasSubstr("script-src 'self'; "));
    EXPECT_EQ(file.Field("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(file.Field("X-Content-Type-Options"), "nosniff");
  }
}

TEST_F(WallTest, SendsNoTextThatTheBrowserHas) {
  const HttpReply first = Get("/wall/app.js");
  EXPECT_EQ(first.Field("Cache-Control"), "no-cache");
  const std::string etag(first.Field("ETag"));
  const HttpReply again = Get("/wall/app.js", {{"If-None-Match", "\"other\", " + etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.Field("ETag"), etag);
  EXPECT_EQ(Get("/wall/style.css", {{"If-None-Match", etag}}).status, 200);
}

TEST_F(WallTest, CompressesForThoseWhoTakeGzip) {
  EXPECT_EQ(Get("/wall/app.js", {{"Accept-Encoding", "gzip"}}).Field("Content-Encoding"), "gzip");
}

TEST_F(WallTest, HasNoOtherFiles) {
  for (const char* path : {"/wall/", "/wall/none.js", "/wall/../iocd.yaml", "/wall/%2e%2e/x"}) {
    EXPECT_EQ(Get(path).status, 404) << path;
  }
  EXPECT_EQ(Send("DELETE", "/wall/app.js").status, 405);
}

}  // namespace
}  // namespace iocd::http
