#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "engine/state.h"

namespace iocd::engine {

/// The snapshot from which a recovery goes on; all zero without one.
struct LoadedSnapshot {
  std::string path;  // empty: there was none
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::uint64_t bytes = 0;
  /// Newer ones that turned out to be damaged, each "PATH: why"; they were set aside.
  std::vector<std::string> damaged;
};

/// Loads the newest sound snapshot of the directory (created if missing) into `*state`, which is
/// fresh. A damaged one is set aside and the one before it taken. `stop_requested` (may be empty)
/// is asked now and then. Errors: FailedPrecondition (a newer format), Cancelled (a stop was
/// requested), and the file system's; `*state` is then of no use.
absl::StatusOr<LoadedSnapshot> LoadNewestSnapshot(FileSystem& file_system,
                                                  const std::string& directory,
                                                  const std::function<bool()>& stop_requested,
                                                  State* state);

}  // namespace iocd::engine
