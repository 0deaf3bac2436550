#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/file_system.h"
#include "eventlog/group_format.h"

namespace iocd::eventlog {

/// One segment of a log.
struct Segment {
  SegmentHeader header;
  std::uint64_t file_bytes = 0;  // when the log was opened
};

/// The segments of a log as they stand in its directory.
struct Segments {
  std::vector<Segment> sound;  // ascending; each holds at least the bytes up to the next one's base
  // The base of a last file whose header never became whole: it counts as if it had not been begun,
  // but proves that all below its base was durable.
  std::optional<std::uint64_t> half_made;
};

std::string SegmentPath(const std::string& directory, std::uint64_t base);

/// DataLoss that says where the log is damaged and which ways on there are.
absl::Status DamagedLog(absl::string_view path, std::uint64_t offset, absl::string_view what);

/// The header of a segment's file; nullopt if it is not sound. FailedPrecondition: it is one of
/// another version of the format, and the message says which iocd reads it.
absl::StatusOr<std::optional<SegmentHeader>> ReadSegmentHeader(const RandomAccessFile& file,
                                                               absl::string_view path);

/// Reads and checks names, sizes and headers; changes nothing. Errors: FailedPrecondition (a
/// segment is of another version of the format), DataLoss (a header is damaged, bytes or a whole
/// segment are missing), and the file system's.
absl::StatusOr<Segments> ListSegments(FileSystem& file_system, const std::string& directory);

}  // namespace iocd::eventlog
