#include "backup/manifest.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/checksum.h"
#include "engine/data_directory.h"
#include "eventlog/group_format.h"
#include "google/protobuf/util/json_util.h"
#include "ledger/ledger_path.h"
#include "snapshot/snapshot_directory.h"
#include "snapshot/snapshot_format.h"

namespace ioc::backup {
namespace {

using iocd::FileSystem;

constexpr std::uint64_t kMostManifestBytes = 64 * 1024 * 1024;
constexpr std::size_t kReadAtOnce = 1024 * 1024;  // bytes

// Behind the last field stands the checksum of everything before these bytes.
constexpr absl::string_view kBeforeChecksum = ",\n \"checksum\": \"";
constexpr absl::string_view kBehindChecksum = "\"\n}\n";

absl::Status Damaged(const std::string& path, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(path, " ", what));
}

/// Whether the text ends with the checksum of what stands before it.
bool IsAsWritten(absl::string_view text) {
  const std::size_t end = text.rfind(kBeforeChecksum);
  if (end == absl::string_view::npos) return false;
  const absl::string_view tail = text.substr(end + kBeforeChecksum.size());
  return tail == absl::StrCat(iocd::ChecksumOf(text.substr(0, end)), kBehindChecksum);
}

/// That this program knows every format in it.
absl::Status CheckFormats(const std::string& path, const v1::BackupManifest& manifest) {
  struct Format {
    const char* of;
    std::uint32_t its, ours;
  };
  for (const Format& format :
       {Format{"the backup", manifest.format(), kFormat},
        Format{"its log", manifest.log_format(), iocd::eventlog::kFormatVersion},
        Format{"its snapshots", manifest.snapshot_format(), iocd::snapshot::kFormatVersion}}) {
    if (format.its == format.ours) continue;
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": iocd ", manifest.iocd_version(), " wrote it, with format ",
                     format.its, " of ", format.of, "; this iocctl reads format ", format.ours,
                     ": use the iocctl and the iocd of that version"));
  }
  return absl::OkStatus();
}

absl::Status CheckNames(const std::string& path, const v1::BackupManifest& manifest) {
  std::map<std::string, int> seen;
  for (const v1::BackupManifest::File& file : manifest.files()) {
    if (!IsBackupFile(file.name())) {
      return Damaged(path, absl::StrCat("names the file '", file.name(),
                                        "', which no backup holds: the backup is not as it was "
                                        "written"));
    }
    if (++seen[file.name()] > 1) {
      return Damaged(path, absl::StrCat("names the file '", file.name(), "' twice"));
    }
  }
  return absl::OkStatus();
}

/// That every entry of a directory is one of `expected`, of which `prefix` stands before the names.
template <typename Expected>
absl::Status CheckEntries(FileSystem& file_system, const std::string& directory,
                          const std::string& prefix, Expected expected) {
  const auto entries = file_system.List(absl::StrCat(directory, "/", prefix));
  if (absl::IsNotFound(entries.status())) {
    return absl::DataLossError(absl::StrCat(directory, "/", prefix, " is missing"));
  }
  if (!entries.ok()) return entries.status();
  for (const std::string& entry : *entries) {
    const std::string name = absl::StrCat(prefix, entry);
    if (expected(name)) continue;
    return absl::DataLossError(absl::StrCat(
        directory, "/", name, " does not belong to the backup: see what it is, and move it away"));
  }
  return absl::OkStatus();
}

absl::Status CheckSize(FileSystem& file_system, const std::string& directory,
                       const v1::BackupManifest::File& expected) {
  const std::string path = absl::StrCat(directory, "/", expected.name());
  const auto file = file_system.OpenForRead(path);
  if (absl::IsNotFound(file.status())) {
    return absl::DataLossError(absl::StrCat(path, " is missing"));
  }
  if (!file.ok()) return file.status();
  const auto bytes = (*file)->Size();
  if (!bytes.ok()) return bytes.status();
  if (*bytes == expected.bytes()) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat(path, " has ", *bytes, " bytes instead of ", expected.bytes()));
}

}  // namespace

bool IsBackupFile(absl::string_view name) {
  if (name == iocd::ledger::kLedgerName) return true;
  if (absl::ConsumePrefix(&name, absl::StrCat(iocd::engine::kLogName, "/"))) {
    return iocd::eventlog::ParseSegmentName(name).has_value();
  }
  return absl::ConsumePrefix(&name, absl::StrCat(iocd::engine::kSnapshotsName, "/")) &&
         iocd::snapshot::ParseSnapshotName(name).has_value();
}

std::string ToText(const v1::BackupManifest& manifest) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string text;
  // Every message has a JSON form.
  (void)google::protobuf::util::MessageToJsonString(manifest, &text, options);
  text.resize(text.rfind("\n}"));
  return absl::StrCat(text, kBeforeChecksum, iocd::ChecksumOf(text), kBehindChecksum);
}

absl::StatusOr<v1::BackupManifest> ReadManifest(FileSystem& file_system,
                                                const std::string& directory) {
  const std::string path = absl::StrCat(directory, "/", kManifestName);
  const auto file = file_system.OpenForRead(path);
  if (absl::IsNotFound(file.status())) {
    return absl::NotFoundError(absl::StrCat(
        directory, " is no backup, or one that was not finished: it holds no ", kManifestName));
  }
  if (!file.ok()) return file.status();
  const auto bytes = (*file)->Size();
  if (!bytes.ok()) return bytes.status();
  std::string text;
  absl::Status read = (*file)->Read(0, std::min(*bytes, kMostManifestBytes), &text);
  if (!read.ok()) return read;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;  // of a newer format, which is told by its number
  v1::BackupManifest manifest;
  const bool parsed = google::protobuf::util::JsonStringToMessage(text, &manifest, options).ok();
  if (parsed && manifest.format() > kFormat) {
    if (absl::Status known = CheckFormats(path, manifest); !known.ok()) return known;
  }
  if (!parsed || !IsAsWritten(text)) {
    return Damaged(path, "is damaged, or was changed: it fails its checksum");
  }
  absl::Status checked = CheckFormats(path, manifest);
  if (checked.ok()) checked = CheckNames(path, manifest);
  if (!checked.ok()) return checked;
  return manifest;
}

absl::Status CheckFiles(FileSystem& file_system, const std::string& directory,
                        const v1::BackupManifest& manifest) {
  std::map<std::string, const v1::BackupManifest::File*> expected;
  for (const v1::BackupManifest::File& file : manifest.files()) expected[file.name()] = &file;
  const auto known = [&](const std::string& name) { return expected.contains(name); };
  absl::Status checked = CheckEntries(file_system, directory, "", [](const std::string& name) {
    return name == kManifestName || name == iocd::engine::kLogName ||
           name == iocd::engine::kSnapshotsName || name == iocd::ledger::kLedgerName;
  });
  for (const char* folder : {iocd::engine::kLogName, iocd::engine::kSnapshotsName}) {
    if (checked.ok()) {
      checked = CheckEntries(file_system, directory, absl::StrCat(folder, "/"), known);
    }
  }
  for (const auto& [name, file] : expected) {
    if (checked.ok()) checked = CheckSize(file_system, directory, *file);
  }
  return checked;
}

absl::StatusOr<std::string> ChecksumOfFile(FileSystem& file_system, const std::string& path) {
  const auto file = file_system.OpenForRead(path);
  if (!file.ok()) return file.status();
  iocd::Checksum checksum;
  std::string bytes;
  std::uint64_t offset = 0;
  do {
    if (absl::Status read = (*file)->Read(offset, kReadAtOnce, &bytes); !read.ok()) return read;
    checksum.Add(bytes);
    offset += bytes.size();
  } while (!bytes.empty());
  return checksum.Hex();
}

bool HoldsLedger(const v1::BackupManifest& manifest) {
  return std::any_of(manifest.files().begin(), manifest.files().end(),
                     [](const auto& file) { return file.name() == iocd::ledger::kLedgerName; });
}

absl::Status CheckLedger(FileSystem& file_system, const std::string& directory,
                         const v1::BackupManifest& manifest) {
  for (const v1::BackupManifest::File& file : manifest.files()) {
    if (file.name() != iocd::ledger::kLedgerName) continue;
    const std::string path = absl::StrCat(directory, "/", file.name());
    const auto checksum = ChecksumOfFile(file_system, path);
    if (!checksum.ok()) return checksum.status();
    if (*checksum != file.xxh3_128()) return Damaged(path, "does not read as it was written");
  }
  return absl::OkStatus();
}

std::uint64_t BytesOf(const v1::BackupManifest& manifest) {
  std::uint64_t bytes = 0;
  for (const v1::BackupManifest::File& file : manifest.files()) bytes += file.bytes();
  return bytes;
}

}  // namespace ioc::backup
