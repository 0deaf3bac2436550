#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "base/file_system.h"
#include "snapshot/snapshot_directory.h"
#include "snapshot/snapshot_format.h"

namespace iocd::snapshot {

/// What a look at every byte of a snapshot's file found.
struct SnapshotCheck {
  SnapshotFile file;
  std::uint64_t bytes = 0;     // of the file
  std::uint64_t sections = 0;  // sound ones, without the end
  Head head;                   // all zero unless it is sound
  std::uint64_t end = 0;       // all of the log below was durable; 0 unless `status` is OK
  absl::Status status;         // OK: sound. DataLoss: damaged, and where. Others: not readable
};

/// Checks head, sections and end; what stands in the sections is not looked at.
SnapshotCheck CheckSnapshot(FileSystem& file_system, const SnapshotFile& file);

}  // namespace iocd::snapshot
