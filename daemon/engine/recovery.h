#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "engine/snapshot_loader.h"
#include "engine/state.h"
#include "eventlog/event_log.h"

namespace iocd::engine {

/// What start-up found: the snapshot that it went on from, and the log behind it.
struct Recovery {
  LoadedSnapshot snapshot;
  std::uint64_t batches = 0;  // read behind the snapshot
  std::uint64_t events = 0;
  eventlog::EventLog::Replayed log;
};

struct RecoveryOptions {
  eventlog::EventLog::Options log;
  std::string snapshot_directory;
  std::function<bool()> stop_requested;  // asked now and then; may be empty
};

/// Works one record of the log on a state, and counts it. DataLoss if it cannot be read, or
/// contradicts what came before.
absl::Status ApplyRecord(const eventlog::RawRecord& raw, std::uint64_t position, State* state,
                         Recovery* recovery);

/// Loads the newest sound snapshot and replays the log behind it into `*state`, which is fresh, by
/// the code that live batches take. Errors: those of LoadNewestSnapshot() and EventLog::Open();
/// DataLoss also if neither a snapshot nor the log reaches back far enough.
absl::StatusOr<std::unique_ptr<eventlog::EventLog>> RecoverState(const RecoveryOptions& options,
                                                                 FileSystem& file_system,
                                                                 State* state, Recovery* recovery);

}  // namespace iocd::engine
