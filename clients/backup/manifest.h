#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/file_system.h"
#include "ioc/v1/backup.pb.h"

/// Backups on disk: writing, checking, restoring. docs/backup.md describes the layout.
namespace ioc::backup {

inline constexpr std::uint32_t kFormat = 1;
inline constexpr char kManifestName[] = "backup.json";

/// Whether a backup may hold a file of that name: a segment or a snapshot in its place, the ledger.
/// So no name leads out of a directory.
bool IsBackupFile(absl::string_view name);

/// The text of backup.json, its checksum included.
std::string ToText(const v1::BackupManifest& manifest);

/// Reads backup.json of `directory`. Errors, each a sentence that names it: FailedPrecondition (the
/// backup, or what is in it, is of a newer format: says which iocd made it), DataLoss (damaged,
/// changed, or with a name that no backup holds), and the file system's.
absl::StatusOr<v1::BackupManifest> ReadManifest(iocd::FileSystem& file_system,
                                                const std::string& directory);

/// That `directory` holds the files of the manifest, each of its size, and none beside them.
/// DataLoss names the one that is missing, too many or of another size.
absl::Status CheckFiles(iocd::FileSystem& file_system, const std::string& directory,
                        const v1::BackupManifest& manifest);

/// The checksum of a file's bytes as they read now. Errors are the file system's.
absl::StatusOr<std::string> ChecksumOfFile(iocd::FileSystem& file_system, const std::string& path);

/// Whether it holds a ledger; a daemon that cannot copy its own sends a backup without.
bool HoldsLedger(const v1::BackupManifest& manifest);

/// That the ledger, if there is one, reads as it was sent: of log and snapshots Examine() says
/// that. DataLoss: it does not. Otherwise the file system's errors.
absl::Status CheckLedger(iocd::FileSystem& file_system, const std::string& directory,
                         const v1::BackupManifest& manifest);

/// Of all files, backup.json apart.
std::uint64_t BytesOf(const v1::BackupManifest& manifest);

}  // namespace ioc::backup
