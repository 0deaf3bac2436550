#pragma once

#include <string>

#include "absl/status/status.h"

namespace iocd::bookkeeper {

/// ResourceExhausted: the disk that holds the ledger at `path` has less than
/// limits::kLedgerLeavesFreeBytes left. What little there is belongs to the daemon's log, without
/// which nothing can be taken; a ledger can wait.
absl::Status RoomForLedger(const std::string& path);

}  // namespace iocd::bookkeeper
