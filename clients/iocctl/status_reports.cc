#include "iocctl/status_reports.h"

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "iocctl/local_text.h"
#include "iocctl/table.h"

namespace iocctl {
namespace {

using google::protobuf::Timestamp;
using ioc::v1::Report;

/// Reports of one department, never none; the most pressing first.
using Owed = std::vector<const Report*>;

std::pair<std::int64_t, std::int32_t> OrderOf(const Timestamp& time) {
  return {time.seconds(), time.nanos()};
}

/// What each department has of these standings; who has most comes first.
std::vector<Owed> Select(const ioc::v1::GetScorecardResponse& scorecard, const ReportStyle& style,
                         std::initializer_list<Standing> standings) {
  std::vector<Owed> selected;
  for (const auto& department : scorecard.departments()) {
    Owed owed;
    for (const Standing standing : standings) {
      const std::size_t first = owed.size();
      for (const Report& report : department.reports()) {
        if (StandingOf(report, style.now) == standing) owed.push_back(&report);
      }
      std::stable_sort(
          owed.begin() + static_cast<std::ptrdiff_t>(first), owed.end(),
          [](const Report* a, const Report* b) { return OrderOf(a->due()) < OrderOf(b->due()); });
    }
    if (!owed.empty()) selected.push_back(std::move(owed));
  }
  std::stable_sort(selected.begin(), selected.end(),
                   [](const Owed& a, const Owed& b) { return a.size() > b.size(); });
  return selected;
}

std::size_t Count(const std::vector<Owed>& selected) {
  std::size_t count = 0;
  for (const Owed& owed : selected) count += owed.size();
  return count;
}

/// Up to two names; of more the first and how many others, since lines are long enough.
std::string Names(const Owed& owed, const ReportStyle& style) {
  std::string text = ReportName(*owed[0], style);
  if (owed.size() == 2) return absl::StrCat(text, "; ", ReportName(*owed[1], style));
  if (owed.size() > 2) {
    absl::StrAppend(&text, " ", absl::Substitute(style.words.more, owed.size() - 1));
  }
  return text;
}

/// 0 is a dash, so that the others are seen.
Cell CountCell(std::size_t count, const char* color) {
  return count == 0 ? Cell{"-"} : Cell{absl::StrCat(count), color};
}

std::string LateTable(const std::vector<Owed>& selected, const ReportStyle& style) {
  const ReportWords& words = style.words;
  Table table({{words.department},
               {words.late, true},
               {words.missing, true},
               {words.last_sent},
               {words.names}});
  for (const Owed& owed : selected) {
    const std::string& code = owed[0]->department();
    const auto late =
        static_cast<std::size_t>(std::count_if(owed.begin(), owed.end(), [&](const Report* report) {
          return StandingOf(*report, style.now) == Standing::kLate;
        }));
    const ioc::v1::Department* department = style.names.FindDepartment(code);
    const bool sent = department != nullptr && department->has_last_seen();
    table.AddRow({{style.names.Department(code)},
                  CountCell(late, ColorOf(Standing::kLate)),
                  CountCell(owed.size() - late, ColorOf(Standing::kMissing)),
                  sent ? Cell{LocalText(department->last_seen())} : Cell{words.never, "33"},
                  {Names(owed, style)}});
  }
  return table.ToText(style.colored);
}

/// `until` is the time that is shown of a report; of a department the first of them.
std::string DueTable(const std::vector<Owed>& selected, const ReportStyle& style,
                     const char* until_title, const Timestamp& (*until)(const Report&)) {
  const ReportWords& words = style.words;
  Table table({{words.department}, {words.reports, true}, {until_title}, {words.names}});
  for (const Owed& owed : selected) {
    const Report& first =
        **std::min_element(owed.begin(), owed.end(), [until](const Report* a, const Report* b) {
          return OrderOf(until(*a)) < OrderOf(until(*b));
        });
    table.AddRow({{style.names.Department(owed[0]->department())},
                  {absl::StrCat(owed.size())},
                  {LocalText(until(first)), ColorOf(Standing::kDueToday)},
                  {Names(owed, style)}});
  }
  return table.ToText(style.colored);
}

std::string GraceTable(const std::vector<Owed>& selected, const ReportStyle& style) {
  return DueTable(selected, style, style.words.late_from,
                  [](const Report& report) -> const Timestamp& { return report.late_from(); });
}

std::string TodayTable(const std::vector<Owed>& selected, const ReportStyle& style) {
  return DueTable(selected, style, style.words.due_by,
                  [](const Report& report) -> const Timestamp& { return report.due(); });
}

std::string EachTable(const std::vector<Owed>& selected, const ReportStyle& style) {
  Owed reports;
  for (const Owed& owed : selected) reports.insert(reports.end(), owed.begin(), owed.end());
  return ReportTable(reports, style, selected.size() > 1);
}

}  // namespace

std::string WhoOwesText(const ioc::v1::GetScorecardResponse& scorecard, const ReportStyle& style,
                        Detail detail) {
  const ReportWords& words = style.words;
  const auto select = [&](std::initializer_list<Standing> standings) {
    return Select(scorecard, style, standings);
  };
  std::string text;
  const auto add = [&](const char* title, const std::vector<Owed>& selected, auto table) {
    if (selected.empty()) return;
    const bool each = detail != Detail::kDepartments;
    absl::StrAppend(&text, "\n", title, "\n",
                    each ? EachTable(selected, style) : table(selected, style));
  };
  add(words.late_or_missing, select({Standing::kLate, Standing::kMissing}), LateTable);
  add(words.in_grace, select({Standing::kGrace}), GraceTable);
  add(words.due_today, select({Standing::kDueToday}), TodayTable);
  if (detail == Detail::kEverything) {
    const std::vector<Owed> others =
        select({Standing::kDueLater, Standing::kWaived, Standing::kSentLate, Standing::kSent,
                Standing::kNotOwedYet});
    if (others.empty()) return text;
    return absl::StrCat(text, "\n", words.others, "\n", EachTable(others, style));
  }
  std::vector<std::string> lines;
  if (detail == Detail::kDepartments && !text.empty()) lines.emplace_back(words.each);
  if (const std::size_t later = Count(select({Standing::kDueLater})); later > 0) {
    lines.push_back(absl::Substitute(words.later, later));
  }
  if (const std::size_t waived = Count(select({Standing::kWaived})); waived > 0) {
    lines.push_back(absl::Substitute(words.waived, waived));
  }
  if (!lines.empty()) absl::StrAppend(&text, "\n", absl::StrJoin(lines, " "), "\n");
  return text;
}

}  // namespace iocctl
