#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "ioc/v1/backup.pb.h"

namespace ioc::backup {

/// Told how many bytes have been copied, and how many will have been at the end.
using OnCopied = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Makes `data_directory` (missing or empty) from the backup, verified: every file against its size
/// and checksum, and the state computed from the copy against the backup's. It comes to be all at
/// once, at the end. Returns what the backup says of itself. Errors, each a sentence that names the
/// file: DataLoss, FailedPrecondition (a newer format), AlreadyExists (the data directory has
/// something in it), and the file system's; then there is no data directory.
absl::StatusOr<v1::BackupManifest> Restore(iocd::FileSystem& file_system, const std::string& backup,
                                           const std::string& data_directory,
                                           const OnCopied& on_copied);

}  // namespace ioc::backup
