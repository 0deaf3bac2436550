#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "base/timestamp.h"
#include "engine/state.h"
#include "eventlog/event_log.h"

namespace iocd::engine {

/// What start-up found in the log.
struct Recovery {
  std::uint64_t batches = 0;
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
  std::uint64_t torn_bytes = 0;  // cut from the tail: never acknowledged
  std::string torn_file;
  Timestamp newest_arrival;  // of all batches
};

/// Replays the log into `*state`, by the code that live batches take. `stop_requested` (may be
/// empty) is asked now and then. Errors: those of EventLog::Open(), and Cancelled once a stop is
/// requested; the log is untouched then.
absl::StatusOr<std::unique_ptr<eventlog::EventLog>> RecoverState(
    const eventlog::EventLog::Options& options, FileSystem& file_system,
    const std::function<bool()>& stop_requested, State* state, Recovery* recovery);

}  // namespace iocd::engine
