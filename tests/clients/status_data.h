#pragma once

#include <string>

#include "ioc/v1/query.pb.h"
#include "iocctl/status_view.h"

namespace iocctl {

/// Tuesday 5 March 2024, 17:05:00+07:00.
inline constexpr std::int64_t kFivePastFive = 1'709'633'100;

inline void AddDepartment(StatusData& data, const std::string& code, const std::string& name_vi,
                          const std::string& name_en, bool counts = true) {
  auto* department = data.departments.add_departments();
  department->set_code(code);
  department->set_name_vi(name_vi);
  department->set_name_en(name_en);
  department->set_counts(counts);
  data.scorecard.add_departments()->set_department(code);
}

/// What the daemon answers in a small province where nothing is owed: two departments, two
/// indicators, no target.
inline StatusData QuietProvince() {
  StatusData data;
  data.scorecard.mutable_time()->set_seconds(kFivePastFive);
  AddDepartment(data, "stttt", "Sở Thông tin và Truyền thông",
                "Department of Information and Communications");
  data.departments.mutable_departments(0)->mutable_last_seen()->set_seconds(kFivePastFive - 3'723);
  AddDepartment(data, "bdt", "Ban Dân tộc", "Board of Ethnic Affairs");
  auto* users = data.indicators.add_indicators();
  users->set_code("internet_users_pct");
  users->set_name_vi("Tỷ lệ người sử dụng Internet");
  users->set_name_en("Internet users");
  users->set_unit("percent");
  auto* dossiers = data.indicators.add_indicators();
  dossiers->set_code("dossiers_received");
  dossiers->set_name_vi("Hồ sơ tiếp nhận");
  dossiers->set_name_en("Dossiers received");
  return data;
}

/// A daily report of 5 March 2024, due at 17:00.
inline ioc::v1::Report DailyReport(const std::string& department, const std::string& state) {
  ioc::v1::Report report;
  report.set_department(department);
  report.set_indicator("dossiers_received");
  report.set_period("2024-03-05");
  report.set_state(state);
  report.mutable_due()->set_seconds(kFivePastFive - 300);
  report.mutable_late_from()->set_seconds(kFivePastFive - 300);
  report.mutable_closes()->set_seconds(kFivePastFive + 111'300);
  report.set_counts_as_late(state == "late" || state == "missing");
  return report;
}

/// Puts the report to its department; it has come due, and was received if that is `fresh`.
inline ioc::v1::Report& AddReport(StatusData& data, const ioc::v1::Report& report) {
  for (auto& department : *data.scorecard.mutable_departments()) {
    if (department.department() != report.department()) continue;
    department.set_due(department.due() + 1);
    if (report.state() == "fresh") department.set_received(department.received() + 1);
    *department.add_reports() = report;
    return *department.mutable_reports(department.reports_size() - 1);
  }
  return *data.scorecard.add_departments()->add_reports();
}

}  // namespace iocctl
