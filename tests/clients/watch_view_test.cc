#include "iocctl/watch_view.h"

#include <gtest/gtest.h>

#include <string>

namespace iocctl {
namespace {

using ioc::v1::DepartmentReports;
using ioc::v1::Report;
using ioc::v1::TargetRow;
using ioc::v1::WatchResponse;

constexpr std::int64_t kTime = 1'700'000'000;  // 2023-11-15 05:13:20 +07:00
constexpr char kTimeText[] = "2023-11-15 05:13:20+07:00 ";

class WatchViewTest : public ::testing::Test {
 protected:
  WatchViewTest() {
    auto* department = departments_.add_departments();
    department->set_code("stttt");
    department->set_name_vi("Sở Thông tin");
    department->set_name_en("Information");
    auto* indicator = indicators_.add_indicators();
    indicator->set_code("users");
    indicator->set_name_vi("Người dùng");
    indicator->set_name_en("Users");
    indicator->set_unit("percent");
  }

  WatchView View(const std::string& language = "en", bool colored = false) const {
    return {CatalogueNames(departments_, indicators_, language), language, colored};
  }

  static WatchResponse Message(bool complete = false) {
    WatchResponse message;
    message.mutable_time()->set_seconds(kTime);
    message.set_complete(complete);
    return message;
  }
  static void AddTarget(WatchResponse* message, const std::string& status, double actual) {
    TargetRow* row = message->add_targets();
    row->set_scope("province");
    row->set_indicator("users");
    row->set_target("2025");
    row->set_operator_("ge");
    row->set_target_value(0.8);
    row->set_actual(actual);
    row->set_status(status);
  }
  static DepartmentReports* AddDepartment(WatchResponse* message, std::uint32_t received) {
    DepartmentReports* reports = message->add_departments();
    reports->set_department("stttt");
    reports->set_received(received);
    reports->set_due(1);
    return reports;
  }
  static Report* AddReport(DepartmentReports* reports, const std::string& state, bool received) {
    Report* report = reports->add_reports();
    report->set_indicator("users");
    report->set_department("stttt");
    report->set_period("2023-10");
    report->set_state(state);
    if (received) report->mutable_received()->set_seconds(kTime);
    return report;
  }

  ioc::v1::ListDepartmentsResponse departments_;
  ioc::v1::ListIndicatorsResponse indicators_;
};

TEST_F(WatchViewTest, ShowsFirstWhatStands) {
  WatchResponse message = Message(/*complete=*/true);
  AddTarget(&message, "lagging", 0.4782);
  AddReport(AddDepartment(&message, 0), "late", /*received=*/false);
  WatchView english = View(), vietnamese = View("vi");
  EXPECT_EQ(english.Show(message),
            std::string(kTimeText) + "Watching. Targets: 1; departments: 1.\n" + kTimeText +
                "Province: Users: lagging; actual 47.82%, target ≥ 80% (2025)\n" + kTimeText +
                "Information: has sent 0 of 1 reports that are due\n");
  EXPECT_EQ(vietnamese.Show(message),
            std::string(kTimeText) + "Đang theo dõi: 1 chỉ tiêu, 1 đơn vị.\n" + kTimeText +
                "Toàn tỉnh: Người dùng: chậm tiến độ; thực hiện 47.82%, chỉ tiêu ≥ 80% (2025)\n" +
                kTimeText + "Sở Thông tin: đã gửi 0 trong 1 báo cáo đến hạn\n");
}

TEST_F(WatchViewTest, ShowsHowTheStatusOfATargetChanged) {
  WatchView view = View();
  WatchResponse message = Message(/*complete=*/true);
  AddTarget(&message, "lagging", 0.4782);
  view.Show(message);
  message = Message();
  AddTarget(&message, "on_track", 0.7);
  EXPECT_EQ(view.Show(message),
            std::string(kTimeText) +
                "Province: Users: lagging → on track; actual 70%, target ≥ 80% (2025)\n");
}

TEST_F(WatchViewTest, AValueWithoutAnotherStatusIsNoLine) {
  WatchView view = View();
  WatchResponse message = Message(/*complete=*/true);
  AddTarget(&message, "lagging", 0.4782);
  view.Show(message);
  message = Message();
  AddTarget(&message, "lagging", 0.48);
  EXPECT_EQ(view.Show(message), "");
}

TEST_F(WatchViewTest, ShowsAReportThatCameAndTheCompletenessWithIt) {
  WatchView view = View();
  WatchResponse message = Message(/*complete=*/true);
  AddReport(AddDepartment(&message, 0), "late", /*received=*/false);
  view.Show(message);
  message = Message();
  AddReport(AddDepartment(&message, 1), "fresh", /*received=*/true)->set_counts_as_late(true);
  EXPECT_EQ(view.Show(message), std::string(kTimeText) +
                                    "Information: Users, period 2023-10: sent late\n" + kTimeText +
                                    "Information: has sent 1 of 1 reports that are due\n");
}

TEST_F(WatchViewTest, ShowsAReportThatBecameLate) {
  WatchView view = View("vi");
  WatchResponse message = Message(/*complete=*/true);
  AddReport(AddDepartment(&message, 0), "due", /*received=*/false);
  view.Show(message);
  message = Message();
  AddReport(AddDepartment(&message, 0), "late", /*received=*/false);
  EXPECT_EQ(view.Show(message),
            std::string(kTimeText) + "Sở Thông tin: Người dùng, kỳ 2023-10: chậm\n");
}

TEST_F(WatchViewTest, AfterAnotherConnectionItShowsOnlyWhatChangedMeanwhile) {
  WatchView view = View();
  WatchResponse message = Message(/*complete=*/true);
  AddTarget(&message, "lagging", 0.4782);
  AddReport(AddDepartment(&message, 0), "late", /*received=*/false);
  view.Show(message);
  EXPECT_EQ(view.Show(message), "");
  message.mutable_targets(0)->set_status("at_risk");
  EXPECT_EQ(view.Show(message),
            std::string(kTimeText) +
                "Province: Users: lagging → at risk; actual 47.82%, target ≥ 80% (2025)\n");
}

TEST_F(WatchViewTest, WhatIsNotNamedStaysUntilACompleteMessage) {
  WatchView view = View();
  WatchResponse message = Message(/*complete=*/true);
  AddTarget(&message, "lagging", 0.4782);
  view.Show(message);
  view.Show(Message());
  WatchResponse same = Message();
  AddTarget(&same, "lagging", 0.4782);
  EXPECT_EQ(view.Show(same), "") << "known still";
  view.Show(Message(/*complete=*/true));
  EXPECT_EQ(view.Show(same), std::string(kTimeText) +
                                 "Province: Users: lagging; actual 47.82%, target ≥ 80% (2025)\n")
      << "another catalogue lacked it meanwhile, so it is new";
}

TEST_F(WatchViewTest, ColoursTheStatusOnATerminal) {
  WatchView view = View("en", /*colored=*/true);
  WatchResponse message = Message(/*complete=*/true);
  AddTarget(&message, "lagging", 0.4782);
  EXPECT_NE(view.Show(message).find("\033[31mlagging\033[0m"), std::string::npos);
}

}  // namespace
}  // namespace iocctl
