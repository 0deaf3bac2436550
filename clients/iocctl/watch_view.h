#pragma once

#include <map>
#include <string>
#include <tuple>

#include "absl/strings/string_view.h"
#include "ioc/v1/query.pb.h"
#include "iocctl/catalogue_names.h"
#include "iocctl/watch_words.h"

namespace iocctl {

/// Turns the messages of a watch into lines for people: first what stands, then a line for each
/// change that somebody must know: the status of a target, a report that came, became due, late or
/// missing, and how complete a department is. Keeps what it has shown.
class WatchView {
 public:
  /// What `names` stands on outlives the view. `language` is "vi" or "en".
  WatchView(CatalogueNames names, const std::string& language, bool colored);

  /// The next message of a watch, or the first one of another watch of the same scope: then it
  /// shows what has changed since the last.
  std::string Show(const ioc::v1::WatchResponse& message);

 private:
  using TargetKey = std::tuple<std::string, std::string, std::string>;

  /// The beginning of each line: when, and whose.
  std::string Beginning(const std::string& scope) const;
  std::string Scope(const std::string& scope) const;
  std::string Status(const std::string& status) const;
  std::string TargetLine(const ioc::v1::TargetRow* before, const ioc::v1::TargetRow& row) const;
  std::string ReportLine(const ioc::v1::Report* before, const ioc::v1::Report& report) const;
  std::string DepartmentLines(const ioc::v1::DepartmentReports& before,
                              const ioc::v1::DepartmentReports& reports) const;
  std::string CompletenessLine(const ioc::v1::DepartmentReports& reports) const;
  std::string WhatStands(const ioc::v1::WatchResponse& message) const;

  const CatalogueNames names_;
  const bool vietnamese_, colored_;
  const WatchWords& words_;
  std::string time_;  // of the message that is being shown
  bool begun_ = false;
  std::map<TargetKey, ioc::v1::TargetRow> targets_;
  std::map<std::string, ioc::v1::DepartmentReports> departments_;
};

}  // namespace iocctl
