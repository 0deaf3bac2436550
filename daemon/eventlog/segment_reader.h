#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "eventlog/group_format.h"

namespace iocd::eventlog {

/// Reads the groups of one segment in order, a few megabytes at a time. The file outlives the
/// reader.
class SegmentReader {
 public:
  /// `base` is the position in the segment's name. Errors are the file system's.
  static absl::StatusOr<SegmentReader> Open(const RandomAccessFile& file, std::uint64_t base);

  /// False: the file does not start with the header of this segment. Next() must not be called
  /// then.
  bool HeaderIsSound() const { return header_is_sound_; }

  /// The next group, valid until the next call; nullopt at the end of what is sound, be it the end
  /// of the file or a damaged place.
  absl::StatusOr<std::optional<Group>> Next();

  std::uint64_t FileSize() const { return file_size_; }
  /// Bytes from the start of the file that are sound as far as has been read.
  std::uint64_t ValidSize() const { return offset_; }

  /// Whether any sound group begins behind `offset`.
  absl::StatusOr<bool> FindGroupBehind(std::uint64_t offset);

 private:
  SegmentReader(const RandomAccessFile& file, std::uint64_t base) : file_(&file), base_(base) {}

  /// Makes `wanted` bytes from `offset` available (fewer at the end of the file).
  absl::StatusOr<absl::string_view> View(std::uint64_t offset, std::size_t wanted);

  const RandomAccessFile* file_;
  std::uint64_t base_;
  std::uint64_t file_size_ = 0;
  std::uint64_t offset_ = 0;
  bool header_is_sound_ = false;
  std::string buffer_;
  std::uint64_t buffer_offset_ = 0;
};

}  // namespace iocd::eventlog
