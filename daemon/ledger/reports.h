#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/records.h"
#include "ledger/sqlite.h"

namespace iocd::ledger {

/// Keeps each report as it stands now.
class ReportWriter {
 public:
  absl::Status Prepare(Database& database);
  /// Update says what they are.
  absl::Status Write(const std::vector<Report>& reports,
                     const std::vector<ReportYear>& whole_years);

 private:
  using OwedPeriod = std::tuple<std::string, std::string, std::string>;

  absl::Status Write(const Report& report);
  absl::Status RemoveOthers(const ReportYear& year, const std::set<OwedPeriod>& owed);

  Statement upsert_, periods_, remove_;
};

/// LedgerReader says what each function returns.
class ReportReader {
 public:
  absl::Status Prepare(Database& database);
  absl::StatusOr<std::vector<LateCount>> LateCounts(int year);
  absl::StatusOr<std::vector<Report>> LateReports(int year);

 private:
  Statement counts_, late_;
};

}  // namespace iocd::ledger
