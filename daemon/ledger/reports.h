#pragma once

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
  absl::Status Write(const Report& report);

 private:
  Statement upsert_;
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
