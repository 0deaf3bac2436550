#include "iocctl/roster_line.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "iocctl/local_text.h"

namespace iocctl {
namespace {

struct Tally {
  std::size_t all = 0, complete = 0, late = 0, in_grace = 0;

  void Add(const ioc::v1::DepartmentReports& reports, const google::protobuf::Timestamp& now) {
    ++all;
    if (reports.received() >= reports.due()) {
      ++complete;
      return;
    }
    for (const ioc::v1::Report& report : reports.reports()) {
      const Standing standing = StandingOf(report, now);
      if (standing != Standing::kLate && standing != Standing::kMissing) continue;
      ++late;
      return;
    }
    ++in_grace;
  }
};

std::string Vietnamese(const Tally& tally, const char* who) {
  std::string text = tally.complete == tally.all
                         ? absl::Substitute("Cả $0 $1 đã gửi đủ báo cáo đến hạn", tally.all, who)
                         : absl::Substitute("$0 trong $1 $2 đã gửi đủ báo cáo đến hạn",
                                            tally.complete, tally.all, who);
  if (tally.late > 0)
    absl::StrAppend(&text, "; ", tally.late, " đơn vị có báo cáo chậm hoặc thiếu");
  if (tally.in_grace > 0) {
    absl::StrAppend(&text, "; ", tally.in_grace, " đơn vị còn trong thời gian gia hạn");
  }
  return absl::StrCat(text, ".");
}

std::string English(const Tally& tally, const char* who) {
  std::string text = absl::StrCat(
      tally.complete == tally.all ? "All " : absl::StrCat(tally.complete, " of "), tally.all, " ",
      who, tally.complete == 1 ? " has" : " have", " sent all that is due");
  if (tally.late > 0) {
    absl::StrAppend(&text, "; ", tally.late, tally.late == 1 ? " is late" : " are late");
  }
  if (tally.in_grace > 0) {
    absl::StrAppend(&text, "; ", tally.in_grace, tally.in_grace == 1 ? " has" : " have",
                    " days of grace left");
  }
  return absl::StrCat(text, ".");
}

}  // namespace

std::string RosterLine(const ioc::v1::GetScorecardResponse& scorecard, const ReportStyle& style,
                       const std::string& language) {
  Tally roster, outside;
  for (const ioc::v1::DepartmentReports& reports : scorecard.departments()) {
    const ioc::v1::Department* department = style.names.FindDepartment(reports.department());
    const bool counts = department == nullptr || department->counts();
    (counts ? roster : outside).Add(reports, style.now);
  }
  const bool vietnamese = language == "vi";
  std::string text = vietnamese ? Vietnamese(roster, "đơn vị") : English(roster, "departments");
  if (outside.all == 0) return text;
  return absl::StrCat(text, " ",
                      vietnamese ? Vietnamese(outside, "đơn vị ngoài danh sách")
                                 : English(outside, "reporters outside the roster"));
}

std::string DepartmentLine(const ioc::v1::DepartmentReports& reports, const ReportStyle& style,
                           const std::string& language) {
  std::size_t late = 0, today = 0;
  for (const ioc::v1::Report& report : reports.reports()) {
    const Standing standing = StandingOf(report, style.now);
    if (standing == Standing::kLate || standing == Standing::kMissing) ++late;
    if (standing == Standing::kDueToday) ++today;
  }
  const ioc::v1::Department* department = style.names.FindDepartment(reports.department());
  const bool sent = department != nullptr && department->has_last_seen();
  return absl::Substitute(
      language == "vi"
          ? "$0 đã gửi $1 trong $2 báo cáo đến hạn; chậm hoặc thiếu: $3; còn phải gửi hôm nay: $4. "
            "Năm nay: $5 báo cáo đến hạn, $6 chậm. Gửi lần cuối: $7."
          : "$0 has sent $1 of $2 reports that are due; late or missing: $3; still due today: $4. "
            "This year: $5 came due, $6 late. Last sent: $7.",
      style.names.Department(reports.department()), reports.received(), reports.due(), late, today,
      reports.due_this_year(), reports.late(),
      sent ? LocalText(department->last_seen()) : style.words.never);
}

}  // namespace iocctl
