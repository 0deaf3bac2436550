#include "backup_reporter.h"

#include <spdlog/spdlog.h>

#include <string>

namespace iocd {

void BackupReporter::BackupBegins(std::size_t files, std::uint64_t bytes) {
  spdlog::info("sending a backup of {} files with {} bytes", files, bytes);
}

void BackupReporter::BackupEnds(const absl::Status& status) {
  metrics_.CountBackup(status);
  if (status.ok()) {
    spdlog::info("sent the backup; whether it is whole and sound, iocctl backup has to say");
  } else {
    spdlog::error("the backup was not sent to its end: {}", std::string(status.message()));
  }
}

void BackupReporter::LedgerLeftOut(const absl::Status& why) {
  spdlog::error("the backup is without the ledger: {}", std::string(why.message()));
}

}  // namespace iocd
