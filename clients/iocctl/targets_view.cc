#include "iocctl/targets_view.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/scorecard.h"
#include "iocctl/harmless_text.h"
#include "iocctl/json_text.h"
#include "iocctl/local_text.h"
#include "iocctl/table.h"
#include "iocctl/target_order.h"
#include "iocctl/target_texts.h"
#include "iocctl/targets_words.h"

namespace iocctl {
namespace {

using ioc::v1::TargetRow;

/// The worst first, and below each target those that it superseded.
std::vector<const TargetRow*> InOrder(const ioc::v1::ListTargetsResponse& response) {
  std::vector<const TargetRow*> in_force, rows;
  for (const TargetRow& row : response.targets()) {
    if (row.superseded_by().empty()) in_force.push_back(&row);
  }
  std::stable_sort(in_force.begin(), in_force.end(),
                   [](const TargetRow* a, const TargetRow* b) { return IsWorse(*a, *b); });
  const auto key = [](const TargetRow& row) {
    return std::tuple(row.scope(), row.indicator(), row.deadline().seconds(), row.has_deadline());
  };
  for (const TargetRow* row : in_force) {
    rows.push_back(row);
    const std::size_t below = rows.size();
    for (const TargetRow& other : response.targets()) {
      if (!other.superseded_by().empty() && key(other) == key(*row)) rows.push_back(&other);
    }
    std::sort(rows.begin() + static_cast<std::ptrdiff_t>(below), rows.end(),
              [](const TargetRow* a, const TargetRow* b) {
                return a->document_date() > b->document_date();
              });
  }
  return rows;
}

class ScopeTable {
 public:
  ScopeTable(const TargetsWords& words, const CatalogueNames& names, bool vietnamese)
      : words_(words),
        names_(names),
        vietnamese_(vietnamese),
        table_({{words.status},
                {words.target, true},
                {words.deadline},
                {words.actual, true},
                {words.date},
                {words.expected, true},
                {words.indicator}}) {}

  void Add(const TargetRow& row, const google::protobuf::Timestamp& now);
  std::string ToText(bool colored) const { return table_.ToText(colored); }

 private:
  std::string DateOf(const google::protobuf::Timestamp& time,
                     const google::protobuf::Timestamp& now) const;
  std::string MoreOf(const TargetRow& row, const std::string& unit) const;

  const TargetsWords& words_;
  const CatalogueNames& names_;
  const bool vietnamese_;
  Table table_;
};

void ScopeTable::Add(const TargetRow& row, const google::protobuf::Timestamp& now) {
  const std::string unit = names_.Unit(row.indicator());
  const bool superseded = !row.superseded_by().empty();
  const auto quantity = [&](bool has, double value) {
    return Cell{has ? ShownQuantity(value, unit) : "-"};
  };
  table_.AddRow({superseded ? Cell{absl::StrCat("└ ", words_.superseded), "2"}
                            : TargetStatusCell(row.status(), vietnamese_),
                 {TargetText(row, unit)},
                 {row.has_deadline() ? row.target() : words_.no_deadline},
                 quantity(row.has_actual(), row.actual()),
                 {row.has_actual() ? DateOf(row.actual_time(), now) : "-"},
                 quantity(row.has_expected(), row.expected()),
                 // What was superseded stands under one of the same indicator.
                 {superseded ? "" : HarmlessText(names_.Indicator(row.indicator()))}});
  table_.AddLine({absl::StrCat("    ", MoreOf(row, unit)), "2"});
}

/// Midnight ends a day or a year that a figure was given for; any other time is when it was taken.
std::string ScopeTable::DateOf(const google::protobuf::Timestamp& time,
                               const google::protobuf::Timestamp& now) const {
  if (time.seconds() == now.seconds() && time.nanos() == now.nanos()) return words_.now;
  const std::string text = LocalText(time);  // "2026-11-22 08:41:07+07:00"
  return absl::StrContains(text, " 00:00:00") ? ShownDate(text.substr(0, 10)) : text.substr(0, 16);
}

std::string ScopeTable::MoreOf(const TargetRow& row, const std::string& unit) const {
  std::vector<std::string> parts = {
      absl::StrCat(HarmlessText(row.document()), " (", row.document_date(), ")")};
  if (row.trajectory() == "maintain") parts.emplace_back(words_.maintain);
  if (row.has_baseline()) {
    parts.push_back(absl::StrCat(words_.baseline, ShownQuantity(row.baseline(), unit), " (",
                                 ShownDate(row.baseline_date()), ")"));
  }
  if (row.milestones_size() > 0) {
    parts.push_back(
        absl::StrCat(words_.milestones,
                     absl::StrJoin(row.milestones(), ", ",
                                   [&](std::string* out, const ioc::v1::Milestone& milestone) {
                                     absl::StrAppend(out, ShownQuantity(milestone.value(), unit),
                                                     " (", ShownDate(milestone.date()), ")");
                                   })));
  }
  if (!row.note().empty()) parts.push_back(absl::StrCat(words_.note, HarmlessText(row.note())));
  return absl::StrJoin(parts, "; ");
}

}  // namespace

std::string TargetsTables(const ioc::v1::ListTargetsResponse& response, const CatalogueNames& names,
                          const std::string& language, bool colored) {
  const bool vietnamese = language == "vi";
  const TargetsWords& words = vietnamese ? kVietnameseTargetsWords : kEnglishTargetsWords;
  const std::vector<const TargetRow*> rows = InOrder(response);
  if (rows.empty()) return absl::StrCat(words.none, "\n");
  std::vector<std::string> scopes;
  for (const TargetRow& row : response.targets()) {
    if (!row.superseded_by().empty()) continue;
    if (std::find(scopes.begin(), scopes.end(), row.scope()) == scopes.end()) {
      scopes.push_back(row.scope());
    }
  }
  std::vector<std::string> tables;
  for (const std::string& scope : scopes) {
    ScopeTable table(words, names, vietnamese);
    for (const TargetRow* row : rows) {
      if (row->scope() == scope) table.Add(*row, response.time());
    }
    const std::string title =
        scope == iocd::domain::kProvinceScope ? words.province : names.Department(scope);
    tables.push_back(absl::StrCat(HarmlessText(title), "\n", table.ToText(colored)));
  }
  return absl::StrJoin(tables, "\n");
}

std::string TargetsJson(const ioc::v1::ListTargetsResponse& response) {
  return ToJson(ToJsonObject(response));
}

}  // namespace iocctl
