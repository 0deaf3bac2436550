#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/records.h"
#include "ledger/sqlite.h"

namespace iocd::ledger {

/// Appends revisions of period values.
class PeriodWriter {
 public:
  absl::Status Prepare(Database& database);
  /// Writes nothing if figures and state are those of the newest revision.
  absl::Status Write(const PeriodObservation& observation, Timestamp recorded_at);

 private:
  Statement newest_, insert_;
};

/// LedgerReader says what each function returns.
class PeriodReader {
 public:
  absl::Status Prepare(Database& database);
  absl::StatusOr<std::vector<PeriodRevision>> RevisionsOf(const PeriodKey& key);
  absl::StatusOr<std::vector<PeriodRevision>> NewestOfPeriod(domain::CalendarKind calendar,
                                                             absl::string_view period);
  absl::StatusOr<std::vector<PeriodRevision>> NewestOfScope(absl::string_view scope);

 private:
  Statement of_key_, of_period_, of_scope_;
};

}  // namespace iocd::ledger
