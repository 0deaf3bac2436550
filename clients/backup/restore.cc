#include "backup/restore.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "backup/examine.h"
#include "backup/manifest.h"
#include "backup/partial_directory.h"
#include "base/checksum.h"

namespace ioc::backup {
namespace {

constexpr std::size_t kCopiedAtOnce = 1024 * 1024;  // bytes

/// Copies one file, durably; its bytes are those of which the manifest has the checksum.
absl::Status CopyFile(iocd::FileSystem& file_system, const std::string& from, const std::string& to,
                      const v1::BackupManifest::File& file,
                      const std::function<void(std::uint64_t)>& on_bytes) {
  const auto in = file_system.OpenForRead(from);
  if (!in.ok()) return in.status();
  const auto out = file_system.OpenForAppend(to, 0);
  if (!out.ok()) return out.status();
  iocd::Checksum checksum;
  std::string bytes;
  for (std::uint64_t offset = 0; offset < file.bytes(); offset += bytes.size()) {
    const std::size_t wanted = std::min<std::uint64_t>(kCopiedAtOnce, file.bytes() - offset);
    if (absl::Status read = (*in)->Read(offset, wanted, &bytes); !read.ok()) return read;
    if (bytes.size() < wanted) return absl::DataLossError(absl::StrCat(from, " became shorter"));
    checksum.Add(bytes);
    if (absl::Status written = (*out)->Append(bytes); !written.ok()) return written;
    on_bytes(bytes.size());
  }
  if (checksum.Hex() != file.xxh3_128()) {
    return absl::DataLossError(absl::StrCat(from, " is damaged: its bytes fail the checksum that ",
                                            kManifestName, " has of it"));
  }
  return (*out)->SyncData();
}

absl::Status CopyFiles(iocd::FileSystem& file_system, const std::string& from,
                       const std::string& to, const v1::BackupManifest& manifest,
                       const OnCopied& on_copied) {
  for (const char* folder : {"/log", "/snapshots"}) {
    absl::Status made = file_system.CreateDirectory(absl::StrCat(to, folder));
    if (!made.ok()) return made;
  }
  std::uint64_t copied = 0;
  const std::uint64_t total = BytesOf(manifest);
  for (const v1::BackupManifest::File& file : manifest.files()) {
    absl::Status status = CopyFile(file_system, absl::StrCat(from, "/", file.name()),
                                   absl::StrCat(to, "/", file.name()), file,
                                   [&](std::uint64_t bytes) { on_copied(copied += bytes, total); });
    if (!status.ok()) return status;
  }
  for (const char* folder : {"/log", "/snapshots"}) {
    absl::Status synced = file_system.SyncDirectory(absl::StrCat(to, folder));
    if (!synced.ok()) return synced;
  }
  return absl::OkStatus();
}

/// That the copy is the backup, state and all.
absl::Status Verify(iocd::FileSystem& file_system, const std::string& backup,
                    const std::string& copy, const v1::BackupManifest& manifest) {
  const auto findings = Examine(file_system, copy);
  absl::Status status = findings.ok() ? CheckEqual(*findings, manifest) : findings.status();
  if (status.ok()) status = CheckLedger(file_system, copy, manifest);
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat("the copy of ", backup, ", which iocd ", manifest.iocd_version(),
                                   " wrote: ", status.message()));
}

}  // namespace

absl::StatusOr<v1::BackupManifest> Restore(iocd::FileSystem& file_system, const std::string& backup,
                                           const std::string& data_directory,
                                           const OnCopied& on_copied) {
  const auto manifest = ReadManifest(file_system, backup);
  if (!manifest.ok()) return manifest.status();
  absl::Status status = CheckFiles(file_system, backup, *manifest);
  if (!status.ok()) return status;
  const auto directory = PartialDirectory::Claim(file_system, data_directory,
                                                 PartialDirectory::Target::kMissingOrEmpty);
  if (!directory.ok()) return directory.status();
  const std::string& partial = (*directory)->partial();
  status = CopyFiles(file_system, backup, partial, *manifest, on_copied);
  if (status.ok()) status = Verify(file_system, backup, partial, *manifest);
  if (status.ok()) status = (*directory)->Publish();
  if (!status.ok()) return status;
  return *manifest;
}

}  // namespace ioc::backup
