#include "snapshot/snapshot_directory.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace iocd::snapshot {
namespace {

constexpr absl::string_view kSuffix = ".snapshot";
constexpr std::size_t kStartDigits = 20;  // of the largest 64-bit number

}  // namespace

std::string SnapshotPath(absl::string_view directory, std::uint64_t start) {
  return absl::StrFormat("%s/%020d%s", directory, start, kSuffix);
}

std::optional<std::uint64_t> ParseSnapshotName(absl::string_view name) {
  std::uint64_t start = 0;
  if (!absl::ConsumeSuffix(&name, kSuffix) || name.size() != kStartDigits ||
      !std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
      !absl::SimpleAtoi(name, &start)) {
    return std::nullopt;
  }
  return start;
}

absl::StatusOr<std::vector<SnapshotFile>> ListSnapshots(FileSystem& file_system,
                                                        const std::string& directory) {
  auto names = file_system.List(directory);
  if (!names.ok()) return names.status();
  std::vector<SnapshotFile> snapshots;
  for (const std::string& name : *names) {
    if (const auto start = ParseSnapshotName(name)) {
      snapshots.push_back({absl::StrCat(directory, "/", name), *start});
    }
  }
  std::sort(snapshots.begin(), snapshots.end(),
            [](const SnapshotFile& a, const SnapshotFile& b) { return a.start > b.start; });
  return snapshots;
}

absl::Status RemoveUnfinished(FileSystem& file_system, const std::string& directory) {
  return file_system.Remove(UnfinishedPath(directory));
}

absl::Status RemoveOld(FileSystem& file_system, const std::string& directory) {
  auto snapshots = ListSnapshots(file_system, directory);
  if (!snapshots.ok()) return snapshots.status();
  for (std::size_t i = kKept; i < snapshots->size(); ++i) {
    if (absl::Status removed = file_system.Remove((*snapshots)[i].path); !removed.ok()) {
      return removed;
    }
  }
  return absl::OkStatus();
}

absl::Status SetAside(FileSystem& file_system, const std::string& directory,
                      const SnapshotFile& snapshot) {
  absl::Status renamed = file_system.Rename(snapshot.path, snapshot.path + ".damaged");
  return renamed.ok() ? file_system.SyncDirectory(directory) : renamed;
}

std::string UnfinishedPath(absl::string_view directory) {
  return absl::StrCat(directory, "/unfinished");
}

}  // namespace iocd::snapshot
