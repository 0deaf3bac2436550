#include "iocctl/reports_view.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "iocctl/catalogue_names.h"
#include "iocctl/local_text.h"
#include "iocctl/report_table.h"
#include "iocctl/table.h"

namespace iocctl {
namespace {

using ioc::v1::DepartmentReports;

std::string CountsTable(const std::vector<const DepartmentReports*>& departments,
                        const ReportStyle& style) {
  const ReportWords& words = style.words;
  Table table({{words.department},
               {words.came_due, true},
               {words.on_time, true},
               {words.late, true},
               {words.share, true}});
  for (const DepartmentReports* reports : departments) {
    table.AddRow(
        {{style.names.Department(reports->department())},
         {absl::StrCat(reports->due_this_year())},
         {absl::StrCat(reports->on_time())},
         {absl::StrCat(reports->late()), reports->late() == 0 ? "" : "31"},
         {reports->has_on_time_ratio() ? absl::StrFormat("%.1f%%", reports->on_time_ratio() * 100)
                                       : "-"}});
  }
  return table.ToText(style.colored);
}

}  // namespace

std::string ReportsText(const ReportsData& data, const std::string& language, bool each,
                        bool colored) {
  const ioc::v1::ListReportsResponse& answer = data.reports;
  const CatalogueNames names(data.departments, data.indicators, language);
  const ReportStyle style = {
      .names = names,
      .words = language == "vi" ? kVietnameseReports : kEnglishReports,
      .now = answer.time(),
      .colored = colored,
  };
  std::vector<const DepartmentReports*> departments;
  std::uint64_t due = 0, on_time = 0, late = 0;
  for (const DepartmentReports& reports : answer.departments()) {
    departments.push_back(&reports);
    due += reports.due_this_year();
    on_time += reports.on_time();
    late += reports.late();
  }
  std::stable_sort(departments.begin(), departments.end(),
                   [](const auto* a, const auto* b) { return a->late() > b->late(); });
  std::string table;
  if (each) {
    std::vector<const ioc::v1::Report*> reports;
    for (const ioc::v1::Report& report : answer.reports()) reports.push_back(&report);
    table = ReportTable(reports, style, /*name_departments=*/false);
  } else {
    table = CountsTable(departments, style);
  }
  return absl::StrCat(table,
                      absl::Substitute(style.words.year, answer.year(), due, on_time, late,
                                       LocalText(answer.time())),
                      "\n");
}

}  // namespace iocctl
