#include "exposition/registry_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace iocd::exposition {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

std::string Write(Format format, const MetricFamily& family) {
  std::string out;
  AppendFamilies(format, {family}, &out);
  return out;
}

MetricFamily Histogram() {
  ClientMetric metric;
  metric.label = {{"disk", "x"}};
  metric.histogram.sample_count = 3;
  metric.histogram.sample_sum = 2.25;
  metric.histogram.bucket = {{1, 0.5}, {2, 1}, {3, std::numeric_limits<double>::infinity()}};
  return {"h_seconds", "H.", MetricType::Histogram, {metric}};
}

TEST(RegistryWriterTest, WritesACounterUnderItsFullNameInBothFormats) {
  ClientMetric metric;
  metric.label = {{"code", "OK"}};
  metric.counter.value = 12;
  const MetricFamily family{"n_total", "N.", MetricType::Counter, {metric}};
  EXPECT_EQ(Write(Format::kPrometheusText, family),
            "# HELP n_total N.\n# TYPE n_total counter\nn_total{code=\"OK\"} 12\n");
  EXPECT_EQ(Write(Format::kOpenMetrics, family),
            "# HELP n N.\n# TYPE n counter\nn_total{code=\"OK\"} 12\n");
}

TEST(RegistryWriterTest, WritesAGaugeWithoutLabels) {
  ClientMetric metric;
  metric.gauge.value = 0.4782;
  EXPECT_EQ(Write(Format::kPrometheusText, {"g", "G.", MetricType::Gauge, {metric}}),
            "# HELP g G.\n# TYPE g gauge\ng 0.4782\n");
}

TEST(RegistryWriterTest, WritesCumulativeBucketsSumAndCount) {
  EXPECT_EQ(Write(Format::kPrometheusText, Histogram()),
            "# HELP h_seconds H.\n# TYPE h_seconds histogram\n"
            "h_seconds_bucket{disk=\"x\",le=\"0.5\"} 1\n"
            "h_seconds_bucket{disk=\"x\",le=\"1\"} 2\n"
            "h_seconds_bucket{disk=\"x\",le=\"+Inf\"} 3\n"
            "h_seconds_sum{disk=\"x\"} 2.25\n"
            "h_seconds_count{disk=\"x\"} 3\n");
}

TEST(RegistryWriterTest, WritesBoundsAsFloatsInOpenMetrics) {
  EXPECT_NE(Write(Format::kOpenMetrics, Histogram()).find("le=\"1.0\"} 2"), std::string::npos);
}

TEST(RegistryWriterTest, WritesNothingOfAFamilyWithoutSamples) {
  EXPECT_EQ(Write(Format::kPrometheusText, {"g", "G.", MetricType::Gauge, {}}), "");
}

}  // namespace
}  // namespace iocd::exposition
