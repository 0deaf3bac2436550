#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace iocd {

/// A disk (a mounted file system) as the system sees it; bytes.
struct DiskSpace {
  std::uint64_t size = 0;
  std::uint64_t available = 0;  // to this process: what is kept for root is left out
};

/// Of the disk on which `path` stands; none if the system does not tell.
std::optional<DiskSpace> DiskSpaceAt(const std::string& path);

}  // namespace iocd
