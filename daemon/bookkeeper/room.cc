#include "bookkeeper/room.h"

#include <cstdint>
#include <filesystem>
#include <optional>

#include "absl/strings/str_cat.h"
#include "base/disk_space.h"
#include "base/limits.h"

namespace iocd::bookkeeper {

absl::Status RoomForLedger(const std::string& path) {
  const std::optional<DiskSpace> disk = DiskSpaceAt(std::filesystem::path(path).parent_path());
  // A disk that does not say is written to: SQLite tells what is wrong with it.
  if (!disk || disk->available >= limits::kLedgerLeavesFreeBytes) return absl::OkStatus();
  constexpr std::uint64_t kMebibyte = 1024 * 1024;
  return absl::ResourceExhaustedError(absl::StrCat(
      path, ": ", disk->available / kMebibyte, " MiB are free on its disk, and the last ",
      limits::kLedgerLeavesFreeBytes / kMebibyte, " MiB are kept for the log"));
}

}  // namespace iocd::bookkeeper
