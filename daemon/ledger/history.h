#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/records.h"
#include "ledger/sqlite.h"

namespace iocd::ledger {

/// Appends changes. The order in which they are written is the order in which things changed: one
/// whose time lies before its key's newest, because the clock was set back, gets the newest's time.
class HistoryWriter {
 public:
  absl::Status Prepare(Database& database);
  /// Writes nothing if text and value are those of the key's newest change.
  absl::Status Write(const Change& change);

 private:
  absl::StatusOr<std::int64_t> IdOf(const HistoryKey& key);

  Statement find_key_, insert_key_, newest_, insert_;
};

/// LedgerReader says what each function returns.
class HistoryReader {
 public:
  absl::Status Prepare(Database& database);
  absl::StatusOr<std::vector<Change>> StoodAt(absl::string_view kind, Timestamp at);
  absl::StatusOr<std::vector<Change>> ChangesOf(const HistoryKey& key, Timestamp from,
                                                Timestamp to);

 private:
  Statement stood_, changes_;
};

}  // namespace iocd::ledger
