#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "engine/backup_files.h"
#include "ioc/v1/admin.pb.h"

namespace iocd::ingest {

/// Who sends a backup.
struct BackupSender {
  std::string iocd_version;
  std::string territory;  // code
};

/// Takes one part and returns once there is room for another. An error ends the backup.
using WritePart = absl::FunctionRef<absl::Status(const ioc::v1::BackupPart& part)>;

/// Reads the files and gives them to `write` part by part, limits::kBackupPartBytes at a time, the
/// closing last. Blocks as long as that takes. Errors: that of `write`; Unavailable if a file
/// cannot be read, or has become shorter.
absl::Status SendBackup(const engine::BackupFiles& backup, const BackupSender& sender,
                        WritePart write);

}  // namespace iocd::ingest
