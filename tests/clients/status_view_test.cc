#include "iocctl/status_view.h"

#include <set>
#include <string>

#include "domain/target_status.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "iocctl/status_words.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;

ioc::v1::TargetRow Target(const std::string& status, double shortfall) {
  ioc::v1::TargetRow row;
  row.set_scope("province");
  row.set_indicator("internet_users_pct");
  row.set_target("2025");
  row.set_owner("stttt");
  row.set_operator_("ge");
  row.set_target_value(0.4856);
  row.set_actual(0.4782);
  row.set_shortfall(shortfall);
  row.set_status(status);
  return row;
}

StatusData Data() {
  StatusData data;
  data.scorecard.mutable_time()->set_seconds(1'800'000'000);
  auto* sent = data.departments.add_departments();
  sent->set_code("stttt");
  sent->set_name_vi("Sở Thông tin và Truyền thông");
  sent->mutable_last_seen()->set_seconds(1'800'000'000 - 3'723);
  auto* silent = data.departments.add_departments();
  silent->set_code("bdt");
  silent->set_name_vi("Ban Dân tộc");
  auto* indicator = data.indicators.add_indicators();
  indicator->set_code("internet_users_pct");
  indicator->set_name_vi("Tỷ lệ người sử dụng Internet");
  indicator->set_unit("percent");
  return data;
}

TEST(StatusViewTest, ShowsTheLongestSilentDepartmentFirst) {
  const std::string text = StatusText(Data(), "en", false);
  EXPECT_THAT(text, HasSubstr("never"));
  EXPECT_THAT(text, HasSubstr("2027-01-15 13:57:57+07:00  1h 2m"));
  EXPECT_LT(text.find("bdt"), text.find("stttt"));
}

TEST(StatusViewTest, ShowsTheWorstTargetFirst) {
  StatusData data = Data();
  for (const auto& [status, shortfall] :
       std::vector<std::pair<std::string, double>>{{"achieved", 0},
                                                   {"lagging", 0.01},
                                                   {"on_track", 0},
                                                   {"lagging", 0.02},
                                                   {"missed", 0.1},
                                                   {"no_data", 0},
                                                   {"at_risk", 0.1}}) {
    *data.scorecard.add_targets() = Target(status, shortfall);
  }
  data.scorecard.mutable_targets(3)->set_scope("the_worst");
  const std::string text = StatusText(data, "en", false);
  std::size_t last = text.find("the_worst");
  for (const char* status : {"missed", "at_risk", "no_data", "on_track", "achieved"}) {
    EXPECT_GT(text.find(status), last) << status;
    last = text.find(status);
  }
}

TEST(StatusViewTest, HasAWordForEveryStatus) {
  std::set<std::string> words, statuses;
  for (const StatusWord& word : kStatusWords) words.insert(word.status);
  for (std::size_t i = 0; i < iocd::domain::kTargetStatusCount; ++i) {
    statuses.emplace(iocd::domain::TargetStatusName(static_cast<iocd::domain::TargetStatus>(i)));
  }
  EXPECT_EQ(words, statuses);
}

TEST(StatusViewTest, ShowsPercentAsPeopleWriteThem) {
  StatusData data = Data();
  *data.scorecard.add_targets() = Target("lagging", 0.0074);
  const std::string text = StatusText(data, "en", false);
  EXPECT_THAT(text, HasSubstr("47.82%"));
  EXPECT_THAT(text, HasSubstr("≥ 48.56%"));
}

TEST(StatusViewTest, RoundsToTwoDecimalsAndNeverToPowersOfTen) {
  StatusData data = Data();
  auto* target = data.scorecard.add_targets();
  *target = Target("lagging", 0.0074);
  target->set_expected(0.138367);
  *data.scorecard.add_targets() = Target("lagging", 0);
  data.scorecard.mutable_targets(1)->set_indicator("trained_workers");
  data.scorecard.mutable_targets(1)->set_actual(1234567);
  data.scorecard.mutable_targets(1)->set_expected(-0.001);
  const std::string text = StatusText(data, "en", false);
  EXPECT_THAT(text, HasSubstr(" 13.84%"));
  EXPECT_THAT(text, HasSubstr(" 1234567  "));
  EXPECT_THAT(text, HasSubstr(" 0  "));
}

TEST(StatusViewTest, SpeaksVietnamese) {
  StatusData data = Data();
  *data.scorecard.add_targets() = Target("lagging", 0.0074);
  const std::string text = StatusText(data, "vi", false);
  EXPECT_THAT(text, HasSubstr("chậm tiến độ"));
  EXPECT_THAT(text, HasSubstr("Tỷ lệ người sử dụng Internet"));
}

TEST(StatusViewTest, GivesOneJsonObject) {
  StatusData data = Data();
  *data.scorecard.add_targets() = Target("lagging", 0.0074);
  google::protobuf::Struct object;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(StatusJson(data), &object).ok());
  EXPECT_EQ(object.fields().at("departments").list_value().values_size(), 2);
  EXPECT_EQ(object.fields().at("targets").list_value().values_size(), 1);
  EXPECT_EQ(object.fields().at("time").string_value(), "2027-01-15T08:00:00Z");
}

TEST(StatusViewTest, WritesAgesInTwoUnits) {
  EXPECT_EQ(AgeText(absl::Seconds(45)), "45s");
  EXPECT_EQ(AgeText(absl::Minutes(12)), "12m");
  EXPECT_EQ(AgeText(absl::Minutes(185)), "3h 5m");
  EXPECT_EQ(AgeText(absl::Hours(52)), "2d 4h");
  EXPECT_EQ(AgeText(absl::Seconds(-3)), "0s");
}

}  // namespace
}  // namespace iocctl
