#pragma once

#include <string>

namespace iocd::engine {

// What lies in a data directory, and so in a backup.

inline constexpr char kLogName[] = "log", kSnapshotsName[] = "snapshots";

inline std::string LogDirectory(const std::string& data_directory) {
  return data_directory + "/" + kLogName;
}

inline std::string SnapshotDirectory(const std::string& data_directory) {
  return data_directory + "/" + kSnapshotsName;
}

}  // namespace iocd::engine
