#include "exposition/period_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "exposition/populated_engine.h"

namespace iocd::exposition {
namespace {

using iocd::testing::kNow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// In the zone of the province kNow is 15 November 2023, 05:13.
class PeriodWriterTest : public ::testing::Test {
 protected:
  /// `period="day",which="current"} 12`, one for each sample of the scope and indicator.
  std::vector<std::string> Samples(absl::string_view scope, absl::string_view indicator,
                                   Timestamp now = kNow) {
    const std::string start =
        absl::StrCat("ioc_period_value{scope=\"", scope, "\",indicator=\"", indicator, "\",");
    std::vector<std::string> samples;
    const std::string page = engine_.Page(Format::kPrometheusText, now);
    for (absl::string_view line : absl::StrSplit(page, '\n')) {
      if (absl::StartsWith(line, start)) samples.emplace_back(line.substr(start.size()));
    }
    return samples;
  }

  iocd::testing::PopulatedEngine engine_;
};

TEST_F(PeriodWriterTest, ShowsThePeriodsOfTheProvinceAndOfThoseWhoReport) {
  EXPECT_THAT(Samples("province", "flow"), ElementsAre("period=\"day\",which=\"current\"} 12",
                                                       "period=\"month\",which=\"current\"} 12",
                                                       "period=\"quarter\",which=\"current\"} 12",
                                                       "period=\"year\",which=\"current\"} 12"));
  EXPECT_THAT(Samples("a", "flow").at(0), "period=\"day\",which=\"current\"} 7");
  EXPECT_THAT(Samples("b", "flow").at(3), "period=\"year\",which=\"current\"} 5");
  EXPECT_THAT(Samples("c", "flow"), IsEmpty());
}

TEST_F(PeriodWriterTest, ShowsNothingOfAPeriodWithoutEvents) {
  EXPECT_THAT(
      Samples("a", "flow", kNow + Duration::Days(31)),
      ElementsAre("period=\"month\",which=\"last\"} 7", "period=\"quarter\",which=\"current\"} 7",
                  "period=\"year\",which=\"current\"} 7"));
}

TEST_F(PeriodWriterTest, ShowsTheSamePeriodLastYear) {
  EXPECT_THAT(Samples("a", "flow", kNow + Duration::Days(366)),
              ElementsAre("period=\"day\",which=\"same_last_year\"} 7",
                          "period=\"month\",which=\"same_last_year\"} 7",
                          "period=\"quarter\",which=\"same_last_year\"} 7",
                          "period=\"year\",which=\"last\"} 7",
                          "period=\"year\",which=\"same_last_year\"} 7"));
}

TEST_F(PeriodWriterTest, CombinesAsWindowsDo) {
  EXPECT_THAT(Samples("province", "coverage").at(0), "period=\"day\",which=\"current\"} 0.45");
  EXPECT_THAT(Samples("province", "duration").at(1), "period=\"month\",which=\"current\"} 10");
  EXPECT_THAT(Samples("a", "stock").at(1), "period=\"month\",which=\"current\"} 5");
}

}  // namespace
}  // namespace iocd::exposition
