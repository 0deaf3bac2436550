#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <vector>

#include "exposition/text_format.h"

namespace iocd::exposition {

/// Appends families of a prometheus-cpp registry (counters, gauges and histograms). Its own
/// serializer prints 16 digits, leaves help unescaped and knows no OpenMetrics.
void AppendFamilies(Format format, const std::vector<prometheus::MetricFamily>& families,
                    std::string* out);

}  // namespace iocd::exposition
