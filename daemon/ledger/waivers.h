#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/records.h"
#include "ledger/sqlite.h"

namespace iocd::ledger {

/// Records waivers as they enter and leave the catalogue. One that comes back is recorded anew.
class WaiverWriter {
 public:
  absl::Status Prepare(Database& database);
  /// `waivers`: all that the catalogue has now.
  absl::Status Write(const std::vector<Waiver>& waivers, Timestamp recorded_at);

 private:
  Statement standing_, insert_, withdraw_;
};

class WaiverReader {
 public:
  absl::Status Prepare(Database& database);
  absl::StatusOr<std::vector<RecordedWaiver>> All();

 private:
  Statement all_;
};

}  // namespace iocd::ledger
