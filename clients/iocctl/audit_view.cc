#include "iocctl/audit_view.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "iocctl/harmless_text.h"
#include "iocctl/log_words.h"

namespace iocctl {
namespace {

using iocd::audit::Entry;
using iocd::audit::Logged;
using iocd::audit::Outcome;

std::string ColorOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kRefused:
      return "33";  // yellow
    case Outcome::kFailed:
      return "31";  // red
    case Outcome::kDone:
      break;
  }
  return "";
}

std::string WhoText(const Entry& entry) {
  if (entry.who.empty()) return absl::StrCat("(", NameOf(entry.how), ")");
  return absl::StrCat(entry.who, " (", NameOf(entry.how), ")");
}

std::string WhatText(const Logged& logged) {
  const Entry& entry = logged.entry;
  std::vector<std::string> parts;
  if (!entry.call.empty()) parts.push_back(entry.call);
  if (!entry.department.empty()) parts.push_back(absl::StrCat("department ", entry.department));
  if (!entry.producer.empty()) parts.push_back(absl::StrCat("producer ", entry.producer));
  if (!entry.what.empty()) parts.push_back(entry.what);
  if (!entry.why.empty()) parts.push_back(entry.why);
  if (logged.since) {
    parts.push_back(absl::StrCat(logged.times, " times since ", iocd::ToLocalText(*logged.since)));
  }
  if (logged.missing > 0) {
    parts.push_back(
        absl::StrCat(Counted(logged.missing, "entry", "entries"), " before this one not recorded"));
  }
  return absl::StrJoin(parts, "; ");
}

}  // namespace

std::vector<Table::Column> AuditColumns() {
  return {{"Time"}, {"Who"}, {"From"}, {"Action"}, {"Outcome"}, {"What"}};
}

std::vector<Cell> AuditRow(const Logged& logged) {
  const Entry& entry = logged.entry;
  const std::string color = ColorOf(entry.outcome);
  return {{iocd::ToLocalText(logged.time)},
          {HarmlessText(WhoText(entry))},
          {HarmlessText(entry.from.empty() ? "-" : entry.from)},
          {HarmlessText(entry.action)},
          {std::string(NameOf(entry.outcome)), color},
          {HarmlessText(WhatText(logged))}};
}

}  // namespace iocctl
