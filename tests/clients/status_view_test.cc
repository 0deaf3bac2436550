#include "iocctl/status_view.h"

#include <string>

#include "clients/parsed_json.h"
#include "clients/status_data.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(StatusViewTest, BeginsWithTheTimeAndWhoHasSentWhatIsDue) {
  StatusData data = QuietProvince();
  AddReport(data, DailyReport("bdt", "late"));
  const std::string text = StatusText(data, {.language = "en"});
  EXPECT_THAT(text, StartsWith("2024-03-05 17:05:00+07:00  1 of 2 departments has sent all that is "
                               "due; 1 is late.\n\nTargets\n"));
  EXPECT_LT(text.find("Targets"), text.find("Late or missing"));
}

TEST(StatusViewTest, SpeaksOfOneDepartmentAlone) {
  StatusData data = QuietProvince();
  data.scope = "bdt";
  data.scorecard.mutable_departments()->DeleteSubrange(0, 1);
  data.scorecard.mutable_departments(0)->set_due_this_year(40);
  data.scorecard.mutable_departments(0)->set_late(3);
  AddReport(data, DailyReport("bdt", "late"));
  const std::string text = StatusText(data, {.language = "en"});
  EXPECT_THAT(text, HasSubstr("Board of Ethnic Affairs has sent 0 of 1 reports that are due; late "
                              "or missing: 1; still due today: 0. This year: 40 came due, 3 late. "
                              "Last sent: never.\n"));
  EXPECT_THAT(text, HasSubstr("Dossiers received"));
  EXPECT_THAT(text, Not(HasSubstr("Information")));
}

TEST(StatusViewTest, PaintsOnATerminalAlone) {
  StatusData data = QuietProvince();
  AddReport(data, DailyReport("bdt", "late"));
  EXPECT_THAT(StatusText(data, {.language = "vi"}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(StatusText(data, {.language = "vi", .colored = true}), HasSubstr("\x1b[31m"));
}

TEST(StatusViewTest, GivesTheAnswersAsOneJsonObject) {
  StatusData data = QuietProvince();
  data.scorecard.add_targets()->set_status("lagging");
  AddReport(data, DailyReport("bdt", "late"));
  const auto object = ParseJson(StatusJson(data));
  EXPECT_EQ(object.fields().at("departments").list_value().values_size(), 2);
  EXPECT_EQ(object.fields().at("targets").list_value().values_size(), 1);
  EXPECT_EQ(object.fields().at("time").string_value(), "2024-03-05T10:05:00Z");
  const auto& reports = object.fields().at("reports").list_value();
  ASSERT_EQ(reports.values_size(), 2);
  EXPECT_EQ(reports.values(1).struct_value().fields().at("due").number_value(), 1);
}

TEST(StatusViewTest, NamesNoOtherDepartmentInTheJsonOfOne) {
  StatusData data = QuietProvince();
  data.scope = "bdt";
  const auto departments = ParseJson(StatusJson(data)).fields().at("departments").list_value();
  ASSERT_EQ(departments.values_size(), 1);
  EXPECT_EQ(departments.values(0).struct_value().fields().at("code").string_value(), "bdt");
}

}  // namespace
}  // namespace iocctl
