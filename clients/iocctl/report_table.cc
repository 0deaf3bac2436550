#include "iocctl/report_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "iocctl/local_text.h"
#include "iocctl/table.h"

namespace iocctl {
namespace {

using ioc::v1::Report;

std::string NoteOf(const Report& report, const ReportWords& words) {
  if (report.state() == "waived") {
    return absl::StrCat(report.waived_by(), ": ", report.waiver_reason());
  }
  const bool realtime = report.period().empty();
  if (!report.has_received()) return realtime ? words.never_heard : "";
  return absl::Substitute(realtime ? words.heard : words.received, LocalText(report.received()));
}

}  // namespace

const char* ColorOf(Standing standing) {
  switch (standing) {
    case Standing::kLate:
    case Standing::kMissing:
      return "31";
    case Standing::kGrace:
    case Standing::kDueToday:
    case Standing::kSentLate:
      return "33";
    case Standing::kSent:
      return "32";
    case Standing::kDueLater:
    case Standing::kWaived:
    case Standing::kNotOwedYet:
      return "2";
  }
  return "";
}

std::string ReportName(const Report& report, const ReportStyle& style) {
  const std::string name = style.names.Indicator(report.indicator());
  return report.period().empty() ? name : absl::StrCat(name, " (", report.period(), ")");
}

std::string ReportTable(const std::vector<const Report*>& reports, const ReportStyle& style,
                        bool name_departments) {
  const ReportWords& words = style.words;
  const bool noted = std::any_of(reports.begin(), reports.end(), [&](const Report* report) {
    return !NoteOf(*report, words).empty();
  });
  std::vector<Table::Column> columns = {{""}, {words.state}};
  if (name_departments) columns.push_back({words.department});
  columns.insert(columns.end(), {{words.due}, {words.period}, {words.indicator}});
  if (noted) columns.push_back({words.note});
  Table table(columns);
  for (const Report* report : reports) {
    const bool realtime = report->period().empty();
    const Standing standing = StandingOf(*report, style.now);
    std::vector<Cell> row = {{report->counts_as_late() ? "!" : " ", "31"},
                             {words.Of(standing), ColorOf(standing)}};
    if (name_departments) row.push_back({style.names.Department(report->department())});
    row.push_back({realtime ? "-" : LocalText(report->due())});
    row.push_back({realtime ? words.realtime : report->period()});
    row.push_back({style.names.Indicator(report->indicator())});
    if (noted) row.push_back({NoteOf(*report, words)});
    table.AddRow(std::move(row));
  }
  return table.ToText(style.colored);
}

}  // namespace iocctl
