#include "iocctl/watch_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "domain/scorecard.h"
#include "iocctl/harmless_text.h"
#include "iocctl/local_text.h"
#include "iocctl/table.h"
#include "iocctl/target_texts.h"

namespace iocctl {
namespace {

using ioc::v1::DepartmentReports;
using ioc::v1::Report;
using ioc::v1::TargetRow;
using ioc::v1::WatchResponse;

const Report* Find(const DepartmentReports& reports, const std::string& indicator) {
  const auto found = std::find_if(reports.reports().begin(), reports.reports().end(),
                                  [&](const Report& one) { return one.indicator() == indicator; });
  return found == reports.reports().end() ? nullptr : &*found;
}

bool SameCompleteness(const DepartmentReports& a, const DepartmentReports& b) {
  return a.received() == b.received() && a.due() == b.due();
}

}  // namespace

WatchView::WatchView(CatalogueNames names, const std::string& language, bool colored)
    : names_(std::move(names)),
      vietnamese_(language == "vi"),
      colored_(colored),
      words_(vietnamese_ ? kVietnameseWatch : kEnglishWatch) {}

std::string WatchView::Show(const WatchResponse& message) {
  time_ = LocalText(message.time());
  std::string text;
  if (!std::exchange(begun_, true)) text = WhatStands(message);
  const bool first = !text.empty();
  std::map<TargetKey, TargetRow> targets;
  for (const TargetRow& row : message.targets()) {
    const TargetKey key{row.scope(), row.indicator(), row.target()};
    const auto before = targets_.find(key);
    if (!first) {
      absl::StrAppend(&text, TargetLine(before == targets_.end() ? nullptr : &before->second, row));
    }
    targets[key] = row;
  }
  std::map<std::string, DepartmentReports> departments;
  for (const DepartmentReports& reports : message.departments()) {
    const auto before = departments_.find(reports.department());
    if (!first && before != departments_.end()) {
      absl::StrAppend(&text, DepartmentLines(before->second, reports));
    }
    departments[reports.department()] = reports;
  }
  if (!message.complete()) {  // what is not named stays
    targets.merge(targets_);
    departments.merge(departments_);
  }
  targets_ = std::move(targets);
  departments_ = std::move(departments);
  return text;
}

std::string WatchView::WhatStands(const WatchResponse& message) const {
  std::string text = absl::StrCat(
      time_, " ",
      absl::Substitute(words_.standing, message.targets_size(), message.departments_size()), "\n");
  for (const TargetRow& row : message.targets()) {
    absl::StrAppend(&text, TargetLine(nullptr, row));
  }
  for (const DepartmentReports& reports : message.departments()) {
    if (reports.received() < reports.due()) absl::StrAppend(&text, CompletenessLine(reports));
  }
  return text;
}

std::string WatchView::TargetLine(const TargetRow* before, const TargetRow& row) const {
  if (before != nullptr && before->status() == row.status()) return "";
  const std::string was = before == nullptr ? "" : absl::StrCat(Status(before->status()), " → ");
  const std::string unit = names_.Unit(row.indicator());
  const std::string actual = row.has_actual() ? ShownQuantity(row.actual(), unit) : words_.no_value;
  return absl::StrCat(
      Beginning(row.scope()), HarmlessText(names_.Indicator(row.indicator())), ": ", was,
      Status(row.status()), "; ",
      absl::Substitute(words_.target, actual, TargetText(row, unit), HarmlessText(row.target())),
      "\n");
}

std::string WatchView::DepartmentLines(const DepartmentReports& before,
                                       const DepartmentReports& reports) const {
  std::string text;
  for (const Report& report : reports.reports()) {
    absl::StrAppend(&text, ReportLine(Find(before, report.indicator()), report));
  }
  if (!SameCompleteness(before, reports)) absl::StrAppend(&text, CompletenessLine(reports));
  return text;
}

std::string WatchView::ReportLine(const Report* before, const Report& report) const {
  const bool same =
      before != nullptr && before->state() == report.state() && before->period() == report.period();
  const bool nothing_owed_yet = report.state() == "fresh" && !report.has_received();
  if (same || nothing_owed_yet) return "";
  const char* word = report.state() == "due"       ? words_.due
                     : report.state() == "late"    ? words_.late
                     : report.state() == "missing" ? words_.missing
                     : report.state() == "waived"  ? words_.waived
                     : report.counts_as_late()     ? words_.came_late
                                                   : words_.came;
  const std::string indicator = HarmlessText(names_.Indicator(report.indicator()));
  const std::string what =
      report.period().empty()
          ? indicator
          : absl::Substitute(words_.period, indicator, HarmlessText(report.period()));
  return absl::StrCat(Beginning(report.department()), what, ": ", word, "\n");
}

std::string WatchView::CompletenessLine(const DepartmentReports& reports) const {
  return absl::StrCat(Beginning(reports.department()),
                      absl::Substitute(words_.completeness, reports.received(), reports.due()),
                      "\n");
}

std::string WatchView::Beginning(const std::string& scope) const {
  return absl::StrCat(time_, " ", Scope(scope), ": ");
}

std::string WatchView::Scope(const std::string& scope) const {
  return scope == iocd::domain::kProvinceScope ? words_.province
                                               : HarmlessText(names_.Department(scope));
}

std::string WatchView::Status(const std::string& status) const {
  const Cell cell = TargetStatusCell(status, vietnamese_);
  const std::string word = HarmlessText(cell.text);  // of a newer daemon it is the daemon's own
  return colored_ && !cell.color.empty() ? absl::StrCat("\033[", cell.color, "m", word, "\033[0m")
                                         : word;
}

}  // namespace iocctl
