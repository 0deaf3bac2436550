#include "http/negotiation.h"

#include <gtest/gtest.h>

namespace iocd::http {
namespace {

using exposition::Format;

TEST(NegotiationTest, GivesTextToWhoeverDoesNotNameOpenMetrics) {
  EXPECT_EQ(PreferredFormat(""), Format::kPrometheusText);
  EXPECT_EQ(PreferredFormat("*/*"), Format::kPrometheusText);
  EXPECT_EQ(PreferredFormat("text/html,*/*;q=0.8"), Format::kPrometheusText);
}

TEST(NegotiationTest, GivesOpenMetricsUnlessTextIsWantedMore) {
  EXPECT_EQ(PreferredFormat("application/openmetrics-text"), Format::kOpenMetrics);
  EXPECT_EQ(PreferredFormat("Application/OpenMetrics-Text; version=1.0.0; q=0.5, text/plain;q=0.4"),
            Format::kOpenMetrics);
  EXPECT_EQ(PreferredFormat("application/openmetrics-text;q=0.4,text/plain;q=0.5"),
            Format::kPrometheusText);
  EXPECT_EQ(PreferredFormat("application/openmetrics-text;q=0"), Format::kPrometheusText);
}

TEST(NegotiationTest, DoesNotGiveAnotherVersionOfOpenMetricsThanWasAsked) {
  EXPECT_EQ(PreferredFormat("application/openmetrics-text;version=0.0.1"), Format::kPrometheusText);
}

TEST(NegotiationTest, CompressesOnlyForThoseWhoTakeGzip) {
  EXPECT_TRUE(AcceptsGzip("gzip"));
  EXPECT_TRUE(AcceptsGzip("br;q=1.0, GZIP;q=0.8"));
  EXPECT_FALSE(AcceptsGzip(""));
  EXPECT_FALSE(AcceptsGzip("br, deflate"));
  EXPECT_FALSE(AcceptsGzip("gzip;q=0"));
  EXPECT_FALSE(AcceptsGzip("gzip;q=much"));
}

}  // namespace
}  // namespace iocd::http
