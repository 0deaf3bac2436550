#include "exposition/text_format.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

namespace iocd::exposition {
namespace {

std::string Number(double value) {
  std::string out;
  AppendNumber(value, &out);
  return out;
}

TEST(TextFormatTest, PrintsTheShortestDecimalThatReadsBackExactly) {
  EXPECT_EQ(Number(0.4782), "0.4782");
  EXPECT_EQ(Number(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(Number(1.0 / 3), "0.3333333333333333");
  for (const double value : {2.0 / 3, 1e-300, 1.7976931348623157e308, 5e-324, 1700000000.123}) {
    EXPECT_EQ(std::strtod(Number(value).c_str(), nullptr), value);
  }
}

TEST(TextFormatTest, PrintsWholeNumbersWithoutExponent) {
  EXPECT_EQ(Number(0), "0");
  EXPECT_EQ(Number(-7), "-7");
  EXPECT_EQ(Number(100000), "100000");
  EXPECT_EQ(Number(453954), "453954");
  EXPECT_EQ(Number(1700000000), "1700000000");
  EXPECT_EQ(Number(1e20), "1e+20");
}

TEST(TextFormatTest, NamesWhatIsNotFinite) {
  EXPECT_EQ(Number(std::numeric_limits<double>::infinity()), "+Inf");
  EXPECT_EQ(Number(-std::numeric_limits<double>::infinity()), "-Inf");
  EXPECT_EQ(Number(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

TEST(TextFormatTest, EscapesLabelValues) {
  std::string out;
  AppendLabel("name", "a\"b\\c\nd", &out);
  EXPECT_EQ(out, R"(name="a\"b\\c\nd")");
}

TEST(TextFormatTest, EscapesHelpAsEachFormatAsks) {
  std::string text, open_metrics;
  AppendFamilyHeader(Format::kPrometheusText, "m", FamilyType::kGauge, "a\\\n\"", &text);
  AppendFamilyHeader(Format::kOpenMetrics, "m", FamilyType::kGauge, "a\\\n\"", &open_metrics);
  EXPECT_EQ(text, "# HELP m a\\\\\\n\"\n# TYPE m gauge\n");
  EXPECT_EQ(open_metrics, "# HELP m a\\\\\\n\\\"\n# TYPE m gauge\n");
}

TEST(TextFormatTest, NamesACounterFamilyWithoutTotalInOpenMetricsOnly) {
  std::string text, open_metrics;
  AppendFamilyHeader(Format::kPrometheusText, "m_total", FamilyType::kCounter, "h", &text);
  AppendFamilyHeader(Format::kOpenMetrics, "m_total", FamilyType::kCounter, "h", &open_metrics);
  EXPECT_EQ(text, "# HELP m_total h\n# TYPE m_total counter\n");
  EXPECT_EQ(open_metrics, "# HELP m h\n# TYPE m counter\n");
}

}  // namespace
}  // namespace iocd::exposition
