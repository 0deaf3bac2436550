#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "snapshot/snapshot_format.h"

namespace iocd::snapshot {

/// Writes one snapshot under a provisional name; only a whole, synced one that reads back as it was
/// written gets its own. Whatever fails, the snapshots that exist stay as they are. One thread at a
/// time.
class SnapshotWriter {
 public:
  /// Replaces an unfinished one. Errors are the file system's.
  static absl::StatusOr<std::unique_ptr<SnapshotWriter>> Create(FileSystem& file_system,
                                                                std::string directory,
                                                                const Head& head);
  /// Removes the file if it was not finished.
  ~SnapshotWriter();

  /// `section.payload` is at most kMaxSectionBytes long. After an error the snapshot is lost.
  absl::Status Add(const Section& section);

  /// Ends the file, makes it durable, reads it back, names it and removes the snapshots beyond the
  /// kKept newest. Returns its size in bytes. `end` is the position up to which the last section
  /// was cut. `give_up` (may be empty) is asked now and then while the file is read back, which may
  /// take many seconds. DataLoss: it does not read back as it was written. Cancelled: `give_up`
  /// said so.
  absl::StatusOr<std::uint64_t> Finish(std::uint64_t end,
                                       const std::function<bool()>& give_up = {});

 private:
  SnapshotWriter(FileSystem& file_system, std::string directory, const Head& head)
      : file_system_(file_system), directory_(std::move(directory)), head_(head) {}

  absl::Status Write(const Section& section);
  absl::Status ReadBack(std::uint64_t end, const std::function<bool()>& give_up) const;

  FileSystem& file_system_;
  const std::string directory_;
  const Head head_;
  std::unique_ptr<WritableFile> file_;
  std::uint64_t bytes_ = 0;
  std::uint64_t unsynced_bytes_ = 0;
  std::uint64_t sections_ = 0;
  bool finished_ = false;
};

}  // namespace iocd::snapshot
