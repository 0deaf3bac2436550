#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "base/timestamp.h"
#include "ioc/v1/backup.pb.h"

namespace ioc::backup {

/// What a data directory, or a copy of one, says.
struct Findings {
  std::uint64_t position = 0;                     // where its log ends
  std::optional<iocd::Timestamp> newest_arrival;  // nullopt: the log holds no batch
  std::uint64_t batches = 0, events = 0;          // in its log
  std::string state_digest;                       // engine/state_digest.h
};

/// Reads every byte of log and snapshots below `directory`, checks it, and computes the state as a
/// daemon would that starts there. Changes nothing. Errors: DataLoss (which file is damaged,
/// where), FailedPrecondition (a file is of a newer format), and the file system's.
absl::StatusOr<Findings> Examine(iocd::FileSystem& file_system, const std::string& directory);

/// That a copy says what the manifest says of it. DataLoss: what differs.
absl::Status CheckEqual(const Findings& findings, const v1::BackupManifest& manifest);

/// What Examine() found, into the manifest.
void Note(const Findings& findings, v1::BackupManifest* manifest);

}  // namespace ioc::backup
