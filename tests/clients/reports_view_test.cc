#include "iocctl/reports_view.h"

#include <string>

#include "clients/status_data.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;

ReportsData Year2024() {
  const StatusData province = QuietProvince();
  ReportsData data{province.departments, province.indicators, {}};
  data.reports.set_year(2024);
  data.reports.mutable_time()->set_seconds(kFivePastFive);
  auto* punctual = data.reports.add_departments();
  punctual->set_department("stttt");
  punctual->set_due_this_year(40);
  punctual->set_on_time(40);
  punctual->set_on_time_ratio(1);
  auto* late = data.reports.add_departments();
  late->set_department("bdt");
  late->set_due_this_year(40);
  late->set_on_time(37);
  late->set_late(3);
  late->set_on_time_ratio(0.925);
  return data;
}

TEST(ReportsViewTest, CountsTheYearOfEachDepartmentTheLatestFirst) {
  EXPECT_EQ(
      ReportsText(Year2024(), "en", /*each=*/false, /*colored=*/false),
      "DEPARTMENT                                    CAME DUE  ON TIME  LATE  SHARE ON TIME\n"
      "Board of Ethnic Affairs                             40       37     3          92.5%\n"
      "Department of Information and Communications        40       40     0         100.0%\n"
      "Year 2024, until 2024-03-05 17:05:00+07:00: 80 reports came due, 77 on time, 3 late.\n");
}

TEST(ReportsViewTest, SpeaksVietnamese) {
  EXPECT_THAT(ReportsText(Year2024(), "vi", /*each=*/false, /*colored=*/false),
              HasSubstr("Năm 2024, tính đến 2024-03-05 17:05:00+07:00: 80 báo cáo đã đến hạn, 77 "
                        "đúng hạn, 3 chậm."));
}

TEST(ReportsViewTest, MarksEachLateReportOfADepartment) {
  ReportsData data = Year2024();
  *data.reports.add_reports() = DailyReport("bdt", "fresh");
  data.reports.mutable_reports(0)->mutable_received()->set_seconds(kFivePastFive - 600);
  *data.reports.add_reports() = DailyReport("bdt", "missing");
  const std::string text = ReportsText(data, "en", /*each=*/true, /*colored=*/false);
  EXPECT_THAT(text, HasSubstr("\n   sent     2024-03-05 17:00:00+07:00  2024-03-05  Dossiers "
                              "received  received 2024-03-05 16:55:00+07:00\n"));
  EXPECT_THAT(text, HasSubstr("\n!  missing  2024-03-05 17:00:00+07:00  2024-03-05"));
  EXPECT_THAT(text, HasSubstr("3 late.\n"));
}

}  // namespace
}  // namespace iocctl
