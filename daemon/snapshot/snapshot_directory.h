#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/file_system.h"

namespace iocd::snapshot {

/// How many snapshots are kept: should the newest turn out to be damaged, the one before it and the
/// log from there on give the same state.
inline constexpr std::size_t kKept = 2;

/// A finished snapshot.
struct SnapshotFile {
  std::string path;
  std::uint64_t start = 0;  // as its name says
};

/// The path of the snapshot that starts at that position, e.g. "DIR/00000000000000000032.snapshot".
std::string SnapshotPath(absl::string_view directory, std::uint64_t start);
/// The start in a snapshot's file name; nullopt for any other file's name.
std::optional<std::uint64_t> ParseSnapshotName(absl::string_view name);

/// The finished snapshots, newest first.
absl::StatusOr<std::vector<SnapshotFile>> ListSnapshots(FileSystem& file_system,
                                                        const std::string& directory);

/// Removes what a process left behind that ended while it wrote a snapshot.
absl::Status RemoveUnfinished(FileSystem& file_system, const std::string& directory);

/// Removes all but the kKept newest snapshots.
absl::Status RemoveOld(FileSystem& file_system, const std::string& directory);

/// Takes a damaged snapshot out of use and keeps it for inspection, as PATH.damaged.
absl::Status SetAside(FileSystem& file_system, const std::string& directory,
                      const SnapshotFile& snapshot);

/// The name under which a snapshot is written until it is finished.
std::string UnfinishedPath(absl::string_view directory);

}  // namespace iocd::snapshot
