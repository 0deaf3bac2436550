#include "exposition/registry_writer.h"

#include <cmath>

namespace iocd::exposition {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

FamilyType TypeOf(const MetricFamily& family) {
  switch (family.type) {
    case MetricType::Counter:
      return FamilyType::kCounter;
    case MetricType::Histogram:
      return FamilyType::kHistogram;
    default:
      return FamilyType::kGauge;
  }
}

std::string LabelsOf(const ClientMetric& metric) {
  std::string labels;
  for (const ClientMetric::Label& label : metric.label) {
    if (!labels.empty()) labels.push_back(',');
    AppendLabel(label.name, label.value, &labels);
  }
  return labels;
}

void AppendSample(absl::string_view name, absl::string_view suffix, const std::string& labels,
                  double value, std::string* out) {
  out->append(name.data(), name.size());
  out->append(suffix.data(), suffix.size());
  if (!labels.empty()) {
    out->push_back('{');
    out->append(labels);
    out->push_back('}');
  }
  out->push_back(' ');
  AppendNumber(value, out);
  out->push_back('\n');
}

// OpenMetrics writes bounds as floats ("1.0"), the older format as Go prints them ("1").
std::string BoundText(Format format, double bound) {
  std::string text;
  AppendNumber(bound, &text);
  if (format == Format::kOpenMetrics && std::isfinite(bound) && bound == std::trunc(bound)) {
    text.append(".0");
  }
  return text;
}

void AppendHistogram(Format format, const std::string& name, const ClientMetric& metric,
                     std::string* out) {
  const std::string labels = LabelsOf(metric);
  for (const ClientMetric::Bucket& bucket : metric.histogram.bucket) {
    std::string bucket_labels = labels;
    if (!bucket_labels.empty()) bucket_labels.push_back(',');
    AppendLabel("le", BoundText(format, bucket.upper_bound), &bucket_labels);
    AppendSample(name, "_bucket", bucket_labels, static_cast<double>(bucket.cumulative_count), out);
  }
  AppendSample(name, "_sum", labels, metric.histogram.sample_sum, out);
  AppendSample(name, "_count", labels, static_cast<double>(metric.histogram.sample_count), out);
}

}  // namespace

void AppendFamilies(Format format, const std::vector<MetricFamily>& families, std::string* out) {
  for (const MetricFamily& family : families) {
    if (family.metric.empty()) continue;
    const FamilyType type = TypeOf(family);
    AppendFamilyHeader(format, family.name, type, family.help, out);
    for (const ClientMetric& metric : family.metric) {
      if (type == FamilyType::kHistogram) {
        AppendHistogram(format, family.name, metric, out);
      } else {
        AppendSample(family.name, "", LabelsOf(metric),
                     type == FamilyType::kCounter ? metric.counter.value : metric.gauge.value, out);
      }
    }
  }
}

}  // namespace iocd::exposition
