#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace iocd::exposition {

/// The two forms in which Prometheus reads metrics.
///   kPrometheusText  text exposition format 0.0.4
///   kOpenMetrics     OpenMetrics 1.0: counter families are named without `_total`, quotes are
///                    escaped in help too, and the text ends with `# EOF`
enum class Format { kPrometheusText, kOpenMetrics };

/// Value of the Content-Type header.
absl::string_view ContentType(Format format);

enum class FamilyType { kGauge, kCounter, kHistogram };

/// Appends the shortest decimal that reads back as exactly this double ("0.4782"), whole numbers
/// without exponent up to 15 digits, and "+Inf", "-Inf", "NaN".
void AppendNumber(double value, std::string* out);

/// Appends `name="value"` with the value escaped.
void AppendLabel(absl::string_view name, absl::string_view value, std::string* out);

/// Appends the `# HELP` and `# TYPE` lines. `name` is the name of the samples, so of a counter with
/// `_total`.
void AppendFamilyHeader(Format format, absl::string_view name, FamilyType type,
                        absl::string_view help, std::string* out);

/// Appends what must stand at the end: nothing, or `# EOF`.
void AppendEnd(Format format, std::string* out);

}  // namespace iocd::exposition
