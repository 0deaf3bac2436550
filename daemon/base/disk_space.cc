#include "base/disk_space.h"

#include <filesystem>
#include <system_error>

namespace iocd {

std::optional<DiskSpace> DiskSpaceAt(const std::string& path) {
  std::error_code error;
  const std::filesystem::space_info disk = std::filesystem::space(path, error);
  if (error) return std::nullopt;
  return DiskSpace{.size = disk.capacity, .available = disk.available};
}

}  // namespace iocd
