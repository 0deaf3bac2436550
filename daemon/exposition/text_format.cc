#include "exposition/text_format.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "absl/strings/strip.h"

namespace iocd::exposition {
namespace {

// Whole numbers up to here are printed digit by digit; to_chars alone would write 100000 as 1e+05.
constexpr double kLargestPlainInteger = 1e15;

absl::string_view TypeName(FamilyType type) {
  switch (type) {
    case FamilyType::kGauge:
      return "gauge";
    case FamilyType::kCounter:
      return "counter";
    case FamilyType::kHistogram:
      return "histogram";
  }
  return "untyped";
}

void AppendEscaped(absl::string_view text, bool escape_quotes, std::string* out) {
  for (const char c : text) {
    if (c == '\\') {
      out->append("\\\\");
    } else if (c == '\n') {
      out->append("\\n");
    } else if (c == '"' && escape_quotes) {
      out->append("\\\"");
    } else {
      out->push_back(c);
    }
  }
}

void Append(absl::string_view text, std::string* out) { out->append(text.data(), text.size()); }

}  // namespace

absl::string_view ContentType(Format format) {
  return format == Format::kOpenMetrics
             ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
             : "text/plain; version=0.0.4; charset=utf-8";
}

void AppendNumber(double value, std::string* out) {
  if (std::isnan(value)) return Append("NaN", out);
  if (std::isinf(value)) return Append(value > 0 ? "+Inf" : "-Inf", out);
  char digits[32];
  std::to_chars_result end{};
  if (std::abs(value) < kLargestPlainInteger && value == std::trunc(value)) {
    end = std::to_chars(digits, digits + sizeof digits, static_cast<std::int64_t>(value));
  } else {
    end = std::to_chars(digits, digits + sizeof digits, value);
  }
  out->append(digits, end.ptr);
}

void AppendLabel(absl::string_view name, absl::string_view value, std::string* out) {
  Append(name, out);
  out->append("=\"");
  AppendEscaped(value, /*escape_quotes=*/true, out);
  out->push_back('"');
}

void AppendFamilyHeader(Format format, absl::string_view name, FamilyType type,
                        absl::string_view help, std::string* out) {
  const bool open_metrics = format == Format::kOpenMetrics;
  if (open_metrics && type == FamilyType::kCounter) name = absl::StripSuffix(name, "_total");
  out->append("# HELP ");
  Append(name, out);
  out->push_back(' ');
  AppendEscaped(help, /*escape_quotes=*/open_metrics, out);
  out->append("\n# TYPE ");
  Append(name, out);
  out->push_back(' ');
  Append(TypeName(type), out);
  out->push_back('\n');
}

void AppendEnd(Format format, std::string* out) {
  if (format == Format::kOpenMetrics) out->append("# EOF\n");
}

}  // namespace iocd::exposition
