#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "ioc/v1/backup.pb.h"

namespace ioc::backup {

/// Makes a backup of what was received: looks at the copy in `directory` as Examine() does, holds
/// it against what the daemon said of it (position, newest arrival), and writes backup.json,
/// durably. Returns what stands in that. Errors as Examine(): then there is no backup.json.
absl::StatusOr<v1::BackupManifest> Seal(iocd::FileSystem& file_system, const std::string& directory,
                                        v1::BackupManifest received);

}  // namespace ioc::backup
