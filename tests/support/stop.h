#pragma once

#include <cstddef>
#include <limits>

#include "support/memory_file_system.h"

namespace iocd::testing {

/// How a daemon ends that has no time to say so.
struct Stop {
  const char* name;
  bool power_lost;  // otherwise the machine lives on, with all that the page cache holds
  std::size_t kept_bytes;
  MemoryFileSystem::Names names;
};

inline constexpr std::size_t kAllBytes = std::numeric_limits<std::size_t>::max();
inline constexpr Stop kStops[] = {
    {"the daemon dies", false, 0, {}},
    {"the power goes", true, 0, MemoryFileSystem::Names::kForgotten},
    {"the power goes, names stay", true, 0, MemoryFileSystem::Names::kKept},
    {"the power goes, names and some bytes stay", true, 20, MemoryFileSystem::Names::kKept},
    {"the power goes, all bytes stay", true, kAllBytes, MemoryFileSystem::Names::kForgotten},
    {"the power goes, everything stays", true, kAllBytes, MemoryFileSystem::Names::kKept},
};

}  // namespace iocd::testing
