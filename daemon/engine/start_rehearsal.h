#pragma once

#include <string>

#include "absl/status/status.h"
#include "base/file_system.h"
#include "engine/recovery.h"
#include "eventlog/log_mend.h"

namespace iocd::engine {

/// What a start of the daemon would find in a data directory.
struct StartRehearsal {
  absl::Status status;  // OK, or what the daemon would say when it refuses
  Recovery recovery;
};

/// Lets the daemon's own recovery run on a data directory without changing anything. Needs the
/// memory that the daemon needs.
StartRehearsal RehearseStart(FileSystem& file_system, const std::string& data_directory);

/// OK if a daemon could start once `plan` was carried out. DataLoss: it could not, because what
/// stands behind the damage needs definitions that are lost with it. Changes nothing.
absl::Status RehearseStartAfterMend(FileSystem& file_system, const std::string& data_directory,
                                    const eventlog::MendPlan& plan);

}  // namespace iocd::engine
