#include "engine/backup_files.h"

#include <algorithm>
#include <utility>

#include "engine/data_directory.h"
#include "eventlog/segments.h"
#include "snapshot/snapshot_directory.h"

namespace iocd::engine {
namespace {

// A snapshot that is listed and then gone has made room for a newer one, which takes a while to
// write: the second look finds it.
constexpr int kMostLooks = 3;

absl::StatusOr<std::vector<BackupFile>> OpenListedSnapshots(FileSystem& file_system,
                                                            const std::string& directory) {
  auto listed = snapshot::ListSnapshots(file_system, directory);
  if (!listed.ok()) return listed.status();
  std::vector<BackupFile> files;
  for (std::size_t i = 0; i < std::min(listed->size(), snapshot::kKept); ++i) {
    auto file = file_system.OpenForRead((*listed)[i].path);
    if (!file.ok()) return file.status();
    const auto bytes = (*file)->Size();
    if (!bytes.ok()) return bytes.status();
    files.push_back(
        {snapshot::SnapshotPath(kSnapshotsName, (*listed)[i].start), *bytes, *std::move(file)});
  }
  return files;
}

absl::StatusOr<std::vector<BackupFile>> OpenSnapshots(FileSystem& file_system,
                                                      const std::string& directory) {
  auto files = OpenListedSnapshots(file_system, directory);
  for (int looks = 1; looks < kMostLooks && absl::IsNotFound(files.status()); ++looks) {
    files = OpenListedSnapshots(file_system, directory);
  }
  return files;
}

}  // namespace

absl::StatusOr<BackupFiles> OpenBackupFiles(FileSystem& file_system,
                                            const std::string& data_directory,
                                            const eventlog::EventLog& log,
                                            std::optional<Timestamp> newest_arrival) {
  BackupFiles backup{.position = log.NextPosition(), .newest_arrival = newest_arrival};
  for (const eventlog::EventLog::Extent& extent : log.Extents()) {
    auto file =
        file_system.OpenForRead(eventlog::SegmentPath(LogDirectory(data_directory), extent.base));
    if (!file.ok()) return file.status();
    backup.files.push_back(
        {eventlog::SegmentPath(kLogName, extent.base), extent.bytes, *std::move(file)});
  }
  // Whatever snapshots there are by now: each was cut at or below `position`, and segments go only
  // once two snapshots stand for them, so that the log reaches back to every one that is left.
  auto snapshots = OpenSnapshots(file_system, SnapshotDirectory(data_directory));
  if (!snapshots.ok()) return snapshots.status();
  for (BackupFile& file : *snapshots) backup.files.push_back(std::move(file));
  return backup;
}

}  // namespace iocd::engine
