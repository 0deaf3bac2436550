#include "iocctl/targets_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "iocctl/target_texts.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kEndOf2024 = 1'735'664'400;  // 2025-01-01 00:00 +07:00
constexpr std::int64_t kEndOf2025 = 1'767'200'400;
constexpr std::int64_t kDay = 86'400;

class TargetsViewTest : public ::testing::Test {
 protected:
  TargetsViewTest() {
    response_.mutable_time()->set_seconds(kEndOf2024 + kDay * 100);
    auto* indicator = indicators_.add_indicators();
    indicator->set_code("internet_users_pct");
    indicator->set_name_vi("Tỷ lệ người sử dụng Internet");
    indicator->set_name_en("Internet users");
    indicator->set_unit("percent");
    auto* department = departments_.add_departments();
    department->set_code("stttt");
    department->set_name_vi("Sở Thông tin và Truyền thông");
  }

  ioc::v1::TargetRow* Add(const std::string& document, const std::string& date) {
    ioc::v1::TargetRow* row = response_.add_targets();
    row->set_scope("province");
    row->set_indicator("internet_users_pct");
    row->set_target("2025");
    row->mutable_deadline()->set_seconds(kEndOf2025);
    row->set_operator_("ge");
    row->set_target_value(0.4856);
    row->set_actual(0.4782);
    row->mutable_actual_time()->set_seconds(kEndOf2024);
    row->set_expected(0.479);
    row->set_status("lagging");
    row->set_trajectory("linear");
    row->set_document(document);
    row->set_document_date(date);
    return row;
  }

  std::string Text(const std::string& language = "en") const {
    return TargetsTables(response_, {departments_, indicators_, language}, language, false);
  }

  ioc::v1::ListDepartmentsResponse departments_;
  ioc::v1::ListIndicatorsResponse indicators_;
  ioc::v1::ListTargetsResponse response_;
};

TEST_F(TargetsViewTest, ShowsATargetWithItsDocumentUnderIt) {
  Add("Decision 811", "2024-05-04");
  EXPECT_EQ(Text(),
            "The whole province\n"
            "STATUS     TARGET  DEADLINE  ACTUAL  AS OF  EXPECTED  INDICATOR\n"
            "lagging  ≥ 48.56%  2025      47.82%  2024      47.9%  Internet users\n"
            "    Decision 811 (2024-05-04)\n");
}

TEST_F(TargetsViewTest, SpeaksVietnamese) {
  Add("Quyết định 811", "2024-05-04");
  const std::string text = Text("vi");
  EXPECT_THAT(text, HasSubstr("Toàn tỉnh\n"));
  EXPECT_THAT(text, HasSubstr("chậm tiến độ"));
  EXPECT_THAT(text, HasSubstr("Tỷ lệ người sử dụng Internet"));
}

TEST_F(TargetsViewTest, SaysUnderTheRowWhereTheWayBeganAndGoesAndWhatIsNoted) {
  ioc::v1::TargetRow* row = Add("Decision 811", "2024-05-04");
  row->set_baseline(0.4782);
  row->set_baseline_date("2025-01-01");
  for (const auto& [date, value] : {std::pair("2025-07-01", 0.48), std::pair("2026-01-01", 0.5)}) {
    ioc::v1::Milestone* milestone = row->add_milestones();
    milestone->set_date(date);
    milestone->set_value(value);
  }
  row->set_note("the wording\x1b[31m differs");
  EXPECT_THAT(Text(),
              HasSubstr("(2024-05-04); baseline 47.82% (2024); milestones 48% (2025-07-01), 50% "
                        "(2025); note: the wording?[31m differs\n"));
  row->clear_milestones();
  row->clear_baseline();
  row->clear_note();
  row->set_trajectory("maintain");
  EXPECT_THAT(Text(), HasSubstr("(2024-05-04); must hold in every period\n"));
}

TEST_F(TargetsViewTest, PutsWhatWasSupersededUnderWhatTookItsPlaceTheNewestFirst) {
  Add("of 2020", "2020-10-05")->set_superseded_by("of 2022");
  Add("of 2022", "2022-10-05")->set_superseded_by("of 2024");
  Add("another", "2023-01-01")->mutable_deadline()->set_seconds(kEndOf2025 + kDay);
  Add("of 2024", "2024-05-04");
  const std::string text = Text();
  std::size_t last = 0;
  for (const char* document : {"another", "of 2024", "of 2022", "of 2020"}) {
    const std::size_t place = text.find(document);
    ASSERT_NE(place, std::string::npos) << document;
    EXPECT_GT(place, last) << document;
    last = place;
  }
  EXPECT_THAT(text, HasSubstr("\n└ superseded  "));
}

TEST_F(TargetsViewTest, ShowsTheWorstFirst) {
  Add("second", "2024-05-04");
  Add("third", "2024-05-04")->set_status("no_data");
  Add("first", "2024-05-04")->set_status("missed");
  for (int i = 0; i < 3; ++i) response_.mutable_targets(i)->set_indicator(std::to_string(i));
  const std::string text = Text();
  EXPECT_LT(text.find("first (2024"), text.find("second (2024"));
  EXPECT_LT(text.find("second (2024"), text.find("third (2024"));
}

TEST_F(TargetsViewTest, MakesATableForEachScope) {
  Add("Decision 811", "2024-05-04");
  Add("Decision 9", "2024-06-04")->set_scope("stttt");
  EXPECT_THAT(Text("vi"), HasSubstr("\n\nSở Thông tin và Truyền thông\nTRẠNG THÁI"));
  response_.clear_targets();
  EXPECT_EQ(Text(), "There are no targets in this scope.\n");
}

TEST_F(TargetsViewTest, SaysWhenTheActualValueWasTaken) {
  ioc::v1::TargetRow* row = Add("Decision 811", "2024-05-04");
  row->mutable_actual_time()->set_seconds(kEndOf2024 + kDay);
  EXPECT_THAT(Text(), HasSubstr("47.82%  2025-01-02  "));
  row->mutable_actual_time()->set_seconds(kEndOf2024 + kDay + 3'600 * 9);
  EXPECT_THAT(Text(), HasSubstr("47.82%  2025-01-02 09:00  "));
  *row->mutable_actual_time() = response_.time();
  EXPECT_THAT(Text(), HasSubstr("47.82%  now    "));
  row->clear_actual();
  row->clear_expected();
  EXPECT_THAT(Text(), HasSubstr("2025           -  -             -  Internet users"));
}

TEST_F(TargetsViewTest, GivesOneJsonObject) {
  Add("Decision 811", "2024-05-04");
  google::protobuf::Struct object;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(TargetsJson(response_), &object).ok());
  EXPECT_EQ(object.fields().at("targets").list_value().values_size(), 1);
  EXPECT_TRUE(object.fields().contains("time"));
}

TEST(TargetTextsTest, WritesTheEndOfAYearAsThatYear) {
  EXPECT_EQ(ShownDate("2025-01-01"), "2024");
  EXPECT_EQ(ShownDate("2025-01-02"), "2025-01-02");
  EXPECT_EQ(ShownDate("2024-05-04"), "2024-05-04");
}

}  // namespace
}  // namespace iocctl
