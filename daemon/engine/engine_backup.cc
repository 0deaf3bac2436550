// What the engine does for a backup: between two groups it opens the files that make one.

#include <utility>

#include "engine/engine.h"

namespace iocd::engine {

void Engine::OpenBackup(BackupTaker take) {
  absl::Status refused = CheckReady();
  if (refused.ok()) {
    MutexLock lock(queue_mutex_);
    if (!stopping_) {
      backups_.push_back(std::move(take));
      woken_ = true;
      queue_changed_.NotifyOne();
      return;
    }
    refused = absl::UnavailableError("the daemon is stopping: begin the backup again later");
  }
  std::move(take)(std::move(refused));
}

void Engine::OpenBackups() {
  std::vector<BackupTaker> takers;
  {
    MutexLock lock(queue_mutex_);
    takers.swap(backups_);
  }
  for (BackupTaker& take : takers) {
    std::move(take)(
        OpenBackupFiles(file_system_, options_.data_directory, *log_, state_.newest_arrival()));
  }
}

}  // namespace iocd::engine
