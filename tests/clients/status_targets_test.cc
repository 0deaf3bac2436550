#include "iocctl/status_targets.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "clients/status_data.h"
#include "domain/target_status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "iocctl/status_words.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ioc::v1::TargetRow Target(const std::string& status, double shortfall) {
  ioc::v1::TargetRow row;
  row.set_scope("province");
  row.set_indicator("internet_users_pct");
  row.set_target("2025");
  row.mutable_deadline()->set_seconds(1'767'200'400);
  row.set_owner("stttt");
  row.set_operator_("ge");
  row.set_target_value(0.4856);
  row.set_actual(0.4782);
  row.set_shortfall(shortfall);
  row.set_status(status);
  return row;
}

std::string Text(const StatusData& data, const std::string& language, bool all = false) {
  return TargetsText(data.scorecard, CatalogueNames(data.departments, data.indicators, language),
                     language, all,
                     /*colored=*/false);
}

TEST(StatusTargetsTest, HasAWordForEveryStatus) {
  std::set<std::string> words, statuses;
  for (const StatusWord& word : kStatusWords) words.insert(word.status);
  for (std::size_t i = 0; i < iocd::domain::kTargetStatusCount; ++i) {
    statuses.emplace(iocd::domain::TargetStatusName(static_cast<iocd::domain::TargetStatus>(i)));
  }
  EXPECT_EQ(words, statuses);
}

TEST(StatusTargetsTest, ShowsTheWorstFirstAndOnlyCountsWhatIsWell) {
  StatusData data = QuietProvince();
  for (const auto& [status, shortfall] :
       std::vector<std::pair<std::string, double>>{{"achieved", 0},
                                                   {"lagging", 0.01},
                                                   {"on_track", 0},
                                                   {"lagging", 0.02},
                                                   {"missed", 0},
                                                   {"no_data", 0},
                                                   {"regressed", 0.1},
                                                   {"on_track", 0},
                                                   {"at_risk", 0.1}}) {
    *data.scorecard.add_targets() = Target(status, shortfall);
  }
  data.scorecard.mutable_targets(3)->set_scope("the_furthest_behind");
  const std::string text = Text(data, "en");
  std::size_t last = text.find("\nmissed");
  ASSERT_NE(last, std::string::npos);
  for (const char* status :
       {"\nregressed", "\nlagging", "the_furthest_behind", "\nlagging", "\nat risk", "\nno data"}) {
    EXPECT_GT(text.find(status, last), last) << status;
    last = text.find(status, last);
    ASSERT_NE(last, std::string::npos) << text;
  }
  EXPECT_THAT(text, HasSubstr("\nNot listed: 2 on track, 1 achieved (--all lists them).\n"));
  const std::string whole = Text(data, "en", /*all=*/true);
  EXPECT_THAT(whole, HasSubstr("\nachieved"));
  EXPECT_THAT(whole, Not(HasSubstr("Not listed")));
}

TEST(StatusTargetsTest, ShowsPercentAsPeopleWriteThem) {
  StatusData data = QuietProvince();
  *data.scorecard.add_targets() = Target("lagging", 0.0074);
  const std::string text = Text(data, "en");
  EXPECT_THAT(text, HasSubstr("47.82%"));
  EXPECT_THAT(text, HasSubstr("≥ 48.56%"));
}

TEST(StatusTargetsTest, RoundsToTwoDecimalsAndNeverToPowersOfTen) {
  StatusData data = QuietProvince();
  auto* target = data.scorecard.add_targets();
  *target = Target("lagging", 0.0074);
  target->set_expected(0.138367);
  *data.scorecard.add_targets() = Target("lagging", 0);
  data.scorecard.mutable_targets(1)->set_indicator("trained_workers");
  data.scorecard.mutable_targets(1)->set_actual(1234567);
  data.scorecard.mutable_targets(1)->set_expected(-0.001);
  const std::string text = Text(data, "en");
  EXPECT_THAT(text, HasSubstr(" 13.84%"));
  EXPECT_THAT(text, HasSubstr(" 1234567  "));
  EXPECT_THAT(text, HasSubstr(" 0  "));
}

TEST(StatusTargetsTest, LeavesNoCodeWherePeopleHaveAWord) {
  StatusData data = QuietProvince();
  *data.scorecard.add_targets() = Target("lagging", 0.0074);
  data.scorecard.mutable_targets(0)->set_target("none");
  data.scorecard.mutable_targets(0)->clear_deadline();
  *data.scorecard.add_targets() = Target("no_data", 0);
  data.scorecard.mutable_targets(1)->set_scope("bdt");
  for (const char* language : {"vi", "en"}) {
    const std::string text = Text(data, language);
    for (const char* code : {"province ", "none ", "no_data", "stttt", "bdt", "internet_users"}) {
      if (std::string(code) == "province " && std::string(language) == "en") continue;
      if (std::string(code) == "none " && std::string(language) == "en") continue;
      EXPECT_THAT(text, Not(HasSubstr(code)));
    }
  }
  const std::string text = Text(data, "vi");
  for (const char* words : {"chậm tiến độ", "Tỷ lệ người sử dụng Internet", "toàn tỉnh", "không có",
                            "Sở Thông tin và Truyền thông", "Ban Dân tộc"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
  EXPECT_THAT(Text(data, "en"), HasSubstr("Internet users"));
}

TEST(StatusTargetsTest, SaysThatThereAreNone) {
  EXPECT_THAT(Text(QuietProvince(), "en"), HasSubstr("There are no targets in this scope."));
}

}  // namespace
}  // namespace iocctl
