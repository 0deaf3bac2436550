#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "base/file_system.h"

namespace iocd::eventlog {

/// Reads back the body of the record at byte `offset` of a segment with that base, out of the group
/// that holds it, whose checksum is checked. DataLoss: no sound group holds it, or no record stands
/// there; otherwise the file system's errors.
absl::StatusOr<std::string> ReadRecordBody(const RandomAccessFile& file, std::uint64_t base,
                                           std::uint64_t offset);

}  // namespace iocd::eventlog
