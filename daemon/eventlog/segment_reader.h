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
  /// Reads a segment whose header is sound and whose bytes count up to `size`, which is at most the
  /// file's.
  SegmentReader(const RandomAccessFile& file, std::uint64_t base, std::uint64_t size)
      : file_(&file), base_(base), size_(size) {}

  /// The next group, valid until the next call; nullopt at the end of what is sound, be it the end
  /// of the segment or a damaged place. Errors are the file system's.
  absl::StatusOr<std::optional<Group>> Next();

  /// Bytes from the start of the file that have been read, all sound unless damage was skipped.
  std::uint64_t ValidSize() const { return offset_; }

  /// Goes from the damaged place where Next() stopped to the next sound group. False: there is
  /// none, and the reader stays where it is. Errors are the file system's.
  absl::StatusOr<bool> SkipDamage();

  /// The highest synced_through among the sound groups behind the place where Next() stopped; 0 if
  /// there are none.
  absl::StatusOr<std::uint64_t> HighestMarkBehind();

 private:
  /// The sound group at `offset`, if one stands there.
  absl::StatusOr<std::optional<Group>> GroupAt(std::uint64_t offset);
  /// The first sound group at or above `*offset`, which is set to where it stands.
  absl::StatusOr<std::optional<Group>> FindGroup(std::uint64_t* offset);
  /// Makes `wanted` bytes from `offset` available (fewer at the end of the segment).
  absl::StatusOr<absl::string_view> View(std::uint64_t offset, std::size_t wanted);

  const RandomAccessFile* file_;
  std::uint64_t base_;
  std::uint64_t size_;
  std::uint64_t offset_ = kSegmentHeaderBytes;
  std::string buffer_;
  std::uint64_t buffer_offset_ = 0;
};

}  // namespace iocd::eventlog
