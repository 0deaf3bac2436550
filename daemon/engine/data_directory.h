#pragma once

#include <string>

namespace iocd::engine {

// What lies in a data directory.

inline std::string LogDirectory(const std::string& data_directory) {
  return data_directory + "/log";
}

inline std::string SnapshotDirectory(const std::string& data_directory) {
  return data_directory + "/snapshots";
}

}  // namespace iocd::engine
