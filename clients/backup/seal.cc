#include "backup/seal.h"

#include "absl/strings/str_cat.h"
#include "backup/examine.h"
#include "backup/manifest.h"
#include "eventlog/group_format.h"
#include "snapshot/snapshot_format.h"

namespace ioc::backup {
namespace {

/// The first file of the copy that does not read as it was received; empty if all do.
std::string FirstChanged(iocd::FileSystem& file_system, const std::string& directory,
                         const v1::BackupManifest& received) {
  for (const v1::BackupManifest::File& file : received.files()) {
    const auto checksum = ChecksumOfFile(file_system, absl::StrCat(directory, "/", file.name()));
    if (!checksum.ok() || *checksum != file.xxh3_128()) return file.name();
  }
  return "";
}

/// Why the copy is no backup: whose disk is at fault.
absl::Status Unsound(iocd::FileSystem& file_system, const std::string& directory,
                     const v1::BackupManifest& received, const absl::Status& why) {
  const std::string changed = FirstChanged(file_system, directory, received);
  if (!changed.empty()) {
    return absl::DataLossError(absl::StrCat("no backup was made: the disk of ", directory,
                                            " does not give back what was written to ", changed));
  }
  if (absl::IsFailedPrecondition(why)) {
    return absl::FailedPreconditionError(
        absl::StrCat("no backup was made: iocd ", received.iocd_version(),
                     " sent files that this iocctl cannot check; use the iocctl of that version (",
                     why.message(), ")"));
  }
  if (!absl::IsDataLoss(why)) return why;
  return absl::DataLossError(absl::StrCat(
      "no backup was made, for the daemon's own files are damaged (in its data directory): ",
      why.message()));
}

absl::Status WriteManifest(iocd::FileSystem& file_system, const std::string& directory,
                           const v1::BackupManifest& manifest) {
  auto file = file_system.OpenForAppend(absl::StrCat(directory, "/", kManifestName), 0);
  if (!file.ok()) return file.status();
  absl::Status written = (*file)->Append(ToText(manifest));
  if (written.ok()) written = (*file)->SyncData();
  return written.ok() ? file_system.SyncDirectory(directory) : written;
}

}  // namespace

absl::StatusOr<v1::BackupManifest> Seal(iocd::FileSystem& file_system, const std::string& directory,
                                        v1::BackupManifest received) {
  const auto findings = Examine(file_system, directory);
  if (!findings.ok()) return Unsound(file_system, directory, received, findings.status());
  received.set_format(kFormat);
  received.set_log_format(iocd::eventlog::kFormatVersion);
  received.set_snapshot_format(iocd::snapshot::kFormatVersion);
  Note(*findings, &received);
  absl::Status status = CheckEqual(*findings, received);
  if (status.ok()) status = CheckLedger(file_system, directory, received);
  if (status.ok()) status = WriteManifest(file_system, directory, received);
  if (!status.ok()) return status;
  return received;
}

}  // namespace ioc::backup
