#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/history.h"
#include "ledger/periods.h"
#include "ledger/records.h"
#include "ledger/reports.h"
#include "ledger/sqlite.h"
#include "ledger/waivers.h"

namespace iocd::ledger {

/// Writes the ledger: years of period values, reports, waivers and history in one SQLite file,
/// which officials open with any SQL tool (docs/ledger.md). It follows the daemon's state, which
/// the log alone gives: a ledger that is lost costs revisions and history, never values.
///
/// One object a file; the caller holds the lock of the data directory. One thread at a time.
/// Meanwhile others read with LedgerReader, on connections of their own.
class Ledger {
 public:
  /// When an existing file is read through, which takes some 20 s for each gigabyte.
  enum class Check : std::uint8_t {
    kNow,
    kLater,  // the caller calls CheckIntegrity() before the first Apply()
  };

  /// `path`: LedgerPath() of a data directory that exists. Makes the file if there is none.
  ///
  /// DataLoss: it is damaged, and has not been touched; the message says what to do.
  /// FailedPrecondition: a newer program wrote it, or it is no ledger. Otherwise as Apply().
  static absl::StatusOr<std::unique_ptr<Ledger>> Open(const std::string& path,
                                                      Check check = Check::kNow);

  /// Reads the whole file. DataLoss: it is damaged. Cancelled: `stop`, asked now and then, said so.
  absl::Status CheckIntegrity(const std::function<bool()>& stop);

  /// The position of the last update, 0 in a new ledger.
  std::uint64_t position() const { return position_; }

  /// OK: the whole update survives a loss of power. An error: nothing of it is in the ledger, and
  /// position() is as before; the same update may be tried again, or a later one that includes it.
  /// Only if the process ends before another attempt may the next Open() find it there, whole.
  ///
  /// Unavailable: the disk refused, or another program holds the file, which takes 1 s to notice.
  /// ResourceExhausted: the disk is full. DataLoss: the file is damaged.
  absl::Status Apply(const Update& update);

 private:
  explicit Ledger(std::unique_ptr<Database> database) : database_(std::move(database)) {}
  absl::Status Prepare();
  absl::Status Write(const Update& update);

  const std::unique_ptr<Database> database_;  // outlives the statements
  PeriodWriter periods_;
  ReportWriter reports_;
  WaiverWriter waivers_;
  HistoryWriter history_;
  Statement set_position_;
  std::uint64_t position_ = 0;
};

}  // namespace iocd::ledger
