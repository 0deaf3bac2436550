#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/history.h"
#include "ledger/periods.h"
#include "ledger/records.h"
#include "ledger/reports.h"
#include "ledger/sqlite.h"
#include "ledger/waivers.h"

namespace iocd::ledger {

/// Reads a ledger over a connection of its own, while it is written or not. Each call sees one
/// committed state; two calls may see two. One thread at a time; a second thread opens a second
/// one. Errors are those of Ledger::Apply().
class LedgerReader {
 public:
  /// PermissionDenied: there is no such file, or it may not be read. FailedPrecondition: it is no
  /// ledger of this program's format; Ledger::Open() makes it one.
  static absl::StatusOr<std::unique_ptr<LedgerReader>> Open(const std::string& path);

  absl::StatusOr<std::uint64_t> Position();

  /// All revisions of one value, the first one first; none: empty.
  absl::StatusOr<std::vector<PeriodRevision>> RevisionsOf(const PeriodKey& key) {
    return periods_.RevisionsOf(key);
  }
  /// The newest revision of each value of a period, by scope and indicator.
  absl::StatusOr<std::vector<PeriodRevision>> NewestOfPeriod(domain::CalendarKind calendar,
                                                             absl::string_view period) {
    return periods_.NewestOfPeriod(calendar, period);
  }
  /// The newest revision of each value of a department or the province, by indicator, calendar and
  /// period.
  absl::StatusOr<std::vector<PeriodRevision>> NewestOfScope(absl::string_view scope) {
    return periods_.NewestOfScope(scope);
  }

  /// By department; one without late reports is left out.
  absl::StatusOr<std::vector<LateCount>> LateCounts(int year) { return reports_.LateCounts(year); }
  /// The reports that are counted there, by department, indicator and period.
  absl::StatusOr<std::vector<Report>> LateReports(int year) { return reports_.LateReports(year); }

  /// In the order in which they were recorded, those that were withdrawn too.
  absl::StatusOr<std::vector<RecordedWaiver>> Waivers() { return waivers_.All(); }

  /// The newest change at or before `at` of each key of that kind, by key.
  absl::StatusOr<std::vector<Change>> StoodAt(absl::string_view kind, Timestamp at) {
    return history_.StoodAt(kind, at);
  }
  /// The changes in [from, to), in their order.
  absl::StatusOr<std::vector<Change>> ChangesOf(const HistoryKey& key, Timestamp from,
                                                Timestamp to) {
    return history_.ChangesOf(key, from, to);
  }

 private:
  explicit LedgerReader(std::unique_ptr<Database> database) : database_(std::move(database)) {}
  absl::Status Prepare();

  const std::unique_ptr<Database> database_;  // outlives the statements
  PeriodReader periods_;
  ReportReader reports_;
  WaiverReader waivers_;
  HistoryReader history_;
  Statement position_;
};

}  // namespace iocd::ledger
