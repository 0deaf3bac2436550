#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "base/timestamp.h"
#include "eventlog/event_log.h"

namespace iocd::engine {

/// One file of a backup, open: it reads to the end also once it has been removed.
struct BackupFile {
  std::string name;         // in the data directory, e.g. "log/00000000000000000000.log"
  std::uint64_t bytes = 0;  // that count, from the beginning; the file may be longer
  std::unique_ptr<RandomAccessFile> file;
};

/// A data directory as it stood between two groups: from these files alone comes the state in which
/// everything below `position`, and nothing else, has been applied.
struct BackupFiles {
  std::uint64_t position = 0;               // where the log ends; all below is durable
  std::optional<Timestamp> newest_arrival;  // in the log; nullopt: it holds no batch
  std::vector<BackupFile> files;            // the log in its order, then snapshots, newest first
};

/// Opens every segment of `log` and the newest kept snapshots. On the thread that owns the log;
/// snapshots may come and go meanwhile. Errors are the file system's; the message names the file.
absl::StatusOr<BackupFiles> OpenBackupFiles(FileSystem& file_system,
                                            const std::string& data_directory,
                                            const eventlog::EventLog& log,
                                            std::optional<Timestamp> newest_arrival);

}  // namespace iocd::engine
