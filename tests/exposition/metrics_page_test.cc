#include "exposition/metrics_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "exposition/populated_engine.h"

namespace iocd::exposition {
namespace {

using iocd::testing::kNow;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class MetricsPageTest : public ::testing::Test {
 protected:
  // Lines of the page that begin with `start`.
  std::vector<std::string> Lines(absl::string_view start, Timestamp now = kNow) {
    std::vector<std::string> lines;
    for (const absl::string_view line : absl::StrSplit(Page(now), '\n')) {
      if (absl::StartsWith(line, start)) lines.emplace_back(line);
    }
    return lines;
  }

  std::string Page(Timestamp now = kNow) { return engine_.Page(Format::kPrometheusText, now); }

  iocd::testing::PopulatedEngine engine_;
};

TEST_F(MetricsPageTest, ShowsAFlowInEveryWindowThatHoldsAnEvent) {
  EXPECT_THAT(
      Lines("ioc_indicator_value{department=\"b\",indicator=\"flow\""),
      ElementsAre("ioc_indicator_value{department=\"b\",indicator=\"flow\",window=\"6h\"} 5",
                  "ioc_indicator_value{department=\"b\",indicator=\"flow\",window=\"24h\"} 5",
                  "ioc_indicator_value{department=\"b\",indicator=\"flow\",window=\"7d\"} 5",
                  "ioc_indicator_value{department=\"b\",indicator=\"flow\",window=\"30d\"} 5"));
  EXPECT_THAT(Page(), HasSubstr("ioc_indicator_value{department=\"a\",indicator=\"flow\","
                                "window=\"1m\"} 7\n"));
  EXPECT_THAT(Page(), HasSubstr("ioc_indicator_events{department=\"a\",indicator=\"flow\","
                                "window=\"1m\"} 2\n"));
}

TEST_F(MetricsPageTest, ShowsNothingOfAWindowOnceItsEventsHaveLeftIt) {
  const Timestamp later = kNow + Duration::Days(31);
  EXPECT_THAT(Lines("ioc_indicator_value{department=\"a\",indicator=\"flow\"", later), IsEmpty());
  EXPECT_THAT(Lines("ioc_indicator_events{", later), IsEmpty());
  EXPECT_THAT(Lines("ioc_province_indicator_value{indicator=\"flow\"", later), IsEmpty());
  EXPECT_THAT(Lines("ioc_province_indicator_members_ratio{indicator=\"flow\"", later), IsEmpty());
  EXPECT_THAT(Lines("ioc_indicator_quantile{", later), IsEmpty());
}

TEST_F(MetricsPageTest, KeepsShowingLatestValuesHoweverOld) {
  EXPECT_THAT(Lines("ioc_indicator_value{department=\"a\",indicator=\"coverage\"",
                    kNow + Duration::Days(400)),
              ElementsAre("ioc_indicator_value{department=\"a\",indicator=\"coverage\","
                          "window=\"latest\"} 0.6"));
}

// The texts of labels were made once, from the catalogue of the start, by place in its lists.
TEST_F(MetricsPageTest, FollowsTheCatalogueWhenThatChanges) {
  const MetricsPage page(engine_.harness().engine(), engine_.metrics());
  EXPECT_THAT(page.Render(Format::kPrometheusText, kNow),
              HasSubstr("{department=\"a\",indicator=\"flow\",window=\"1m\"} 7\n"));

  domain::CatalogueData data = iocd::testing::CatalogueWithTargets();
  data.departments.erase(data.departments.begin());  // "a"
  data.departments[0].name_en = "Another name";
  data.indicators[0].kind = domain::Kind::kRank;  // "flow"
  data.targets.pop_back();                        // that of "a"
  data.targets[0].deadline_text = "2030";
  ASSERT_TRUE(engine_.harness().ChangeCatalogue(data).ok());
  const std::string changed = page.Render(Format::kPrometheusText, kNow);
  EXPECT_THAT(changed, Not(HasSubstr("\"a\"")));
  EXPECT_THAT(changed, HasSubstr("{department=\"b\",name_vi=\"Sở b\",name_en=\"Another name\","));
  EXPECT_THAT(changed, HasSubstr("indicator=\"coverage\",target=\"2030\",owner=\"\"} 0.8\n"));
  EXPECT_THAT(changed, Not(HasSubstr("indicator=\"flow\",window=")));

  ASSERT_TRUE(engine_.harness().ChangeCatalogue(iocd::testing::CatalogueWithTargets()).ok());
  EXPECT_THAT(page.Render(Format::kPrometheusText, kNow),
              HasSubstr("{department=\"a\",indicator=\"flow\",window=\"1m\"} 7\n"));
}

TEST_F(MetricsPageTest, ShowsNoEventCountOfALatestValue) {
  EXPECT_THAT(Page(),
              Not(HasSubstr("ioc_indicator_events{department=\"a\",indicator=\"coverage\"")));
}

TEST_F(MetricsPageTest, ShowsTheSpreadOfDurations) {
  const std::string page = Page();
  for (const char* line :
       {"ioc_indicator_value{department=\"a\",indicator=\"duration\",window=\"1h\"} 10\n",
        "ioc_indicator_min{department=\"a\",indicator=\"duration\",window=\"1h\"} 0\n",
        "ioc_indicator_max{department=\"a\",indicator=\"duration\",window=\"1h\"} 20\n",
        "ioc_indicator_quantile{department=\"a\",indicator=\"duration\",window=\"1h\",q=\"0.99\"} ",
        "ioc_province_indicator_quantile{indicator=\"duration\",window=\"1h\",q=\"0.5\"} "}) {
    EXPECT_THAT(page, HasSubstr(line));
  }
  EXPECT_THAT(page, Not(HasSubstr("ioc_indicator_min{department=\"a\",indicator=\"flow\"")));
}

TEST_F(MetricsPageTest, ShowsTheProvinceWithTheShareOfThoseThatReported) {
  const std::string page = Page();
  EXPECT_THAT(page,
              HasSubstr("ioc_province_indicator_value{indicator=\"flow\",window=\"6h\"} 12\n"));
  EXPECT_THAT(
      page,
      HasSubstr("ioc_province_indicator_value{indicator=\"coverage\",window=\"latest\"} 0.45\n"));
  EXPECT_THAT(page, HasSubstr("ioc_province_indicator_members_ratio{indicator=\"flow\","
                              "window=\"6h\"} 0.5\n"));
  EXPECT_THAT(page, Not(HasSubstr("ioc_province_indicator_members_ratio{indicator=\"rank\"")));
}

TEST_F(MetricsPageTest, ShowsMembersThatHaveAValue) {
  EXPECT_THAT(Lines("ioc_member_indicator_value{"),
              ElementsAre("ioc_member_indicator_value{set=\"areas\",member=\"north\","
                          "indicator=\"stock\",window=\"latest\"} 5"));
}

TEST_F(MetricsPageTest, ShowsWhenTheNewestEventHappened) {
  EXPECT_THAT(
      Lines("ioc_indicator_last_event_timestamp_seconds{department=\"b\",indicator=\"flow\""),
      ElementsAre("ioc_indicator_last_event_timestamp_seconds{department=\"b\","
                  "indicator=\"flow\"} 1699992800"));
  EXPECT_THAT(
      Lines("ioc_indicator_last_event_timestamp_seconds{department=\"a\",indicator=\"stock\""),
      ElementsAre("ioc_indicator_last_event_timestamp_seconds{department=\"a\","
                  "indicator=\"stock\"} 1700000000"));
}

TEST_F(MetricsPageTest, ShowsDepartmentsThatHaveNeverSentWithoutLastSeen) {
  EXPECT_THAT(
      Lines("ioc_department_last_seen_timestamp_seconds{department=\"a\"}"),
      ElementsAre("ioc_department_last_seen_timestamp_seconds{department=\"a\"} 1700000000"));
  EXPECT_THAT(Lines("ioc_department_last_seen_timestamp_seconds{department=\"c\"}"), IsEmpty());
  EXPECT_THAT(Lines("ioc_department_simulated{department=\"c\"}"),
              ElementsAre("ioc_department_simulated{department=\"c\"} 0"));
  EXPECT_THAT(Lines("ioc_department_info{department=\"c\""),
              ElementsAre("ioc_department_info{department=\"c\",name_vi=\"Sở c\","
                          "name_en=\"Department c\",kind=\"so\"} 1"));
}

TEST_F(MetricsPageTest, ShowsExactlyOneStatusOfATarget) {
  const std::vector<std::string> lines = Lines(
      "ioc_target_status{scope=\"province\",indicator=\"coverage\",target=\"2025\",owner=\"\"");
  ASSERT_EQ(lines.size(), domain::kTargetStatusCount);
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const std::string& line) { return absl::EndsWith(line, " 1"); }),
            1);
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("status=\"lagging\"} 1")));
}

TEST_F(MetricsPageTest, ShowsOnlyTheFiguresOfATargetThatItsFormulasGive) {
  const std::string labels = "{scope=\"a\",indicator=\"flow\",target=\"none\",owner=\"a\"";
  const std::string page = Page();
  EXPECT_THAT(page, HasSubstr("ioc_target_value" + labels + "} 100\n"));
  EXPECT_THAT(page, HasSubstr("ioc_target_actual" + labels + "} 7\n"));
  EXPECT_THAT(page, HasSubstr("ioc_target_status" + labels + ",status=\"no_deadline\"} 1\n"));
  for (const char* family : {"ioc_target_expected", "ioc_target_shortfall", "ioc_target_pace_ratio",
                             "ioc_target_forecast", "ioc_target_deadline_timestamp_seconds"}) {
    EXPECT_THAT(page, Not(HasSubstr(family + labels)));
  }
  EXPECT_THAT(page, HasSubstr("ioc_target_deadline_timestamp_seconds{scope=\"province\","
                              "indicator=\"coverage\",target=\"2025\",owner=\"\"} 1767200400\n"));
}

TEST_F(MetricsPageTest, EndsAsItsFormatAsks) {
  EXPECT_TRUE(absl::EndsWith(engine_.Page(Format::kOpenMetrics), "\n# EOF\n"));
  EXPECT_THAT(engine_.Page(Format::kPrometheusText), Not(HasSubstr("# EOF")));
}

TEST_F(MetricsPageTest, DescribesEachFamilyOnceAndBeforeItsSamples) {
  std::vector<std::string> described;
  std::string current;
  for (const absl::string_view line : absl::StrSplit(Page(), '\n', absl::SkipEmpty())) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (absl::StartsWith(line, "# TYPE ")) {
      EXPECT_THAT(described, Not(::testing::Contains(words[2])));
      described.push_back(current = words[2]);
    } else if (line[0] != '#') {
      EXPECT_TRUE(absl::StartsWith(line, current)) << line;
    }
  }
}

}  // namespace
}  // namespace iocd::exposition
