// What the engine does for a backup: between two groups it opens the files that make one.

#include <utility>

#include "engine/engine.h"

namespace iocd::engine {

void Engine::OpenBackup(BackupTaker take) {
  BetweenGroups([this, take = std::move(take)](absl::Status refused) mutable {
    if (!refused.ok()) return std::move(take)(std::move(refused));
    std::move(take)(
        OpenBackupFiles(file_system_, options_.data_directory, *log_, state_.newest_arrival()));
  });
}

}  // namespace iocd::engine
