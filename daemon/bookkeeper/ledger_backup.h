#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "engine/backup_files.h"

namespace iocd::bookkeeper {

/// The ledger of a data directory for a backup, as it stands now: a copy, which takes as much room
/// again until the file is closed. To be taken before the log is: then the log has all that the
/// ledger tells of. Errors are CopyLedger()'s and the file system's.
absl::StatusOr<engine::BackupFile> OpenLedgerCopy(FileSystem& file_system,
                                                  const std::string& data_directory);

}  // namespace iocd::bookkeeper
