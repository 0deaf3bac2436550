#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace iocd::fuzz {

/// What the log's fuzzer is given, in one piece of bytes: a byte of flags, then segment files one
/// behind another, each with its length before it (u32).
struct LogInput {
  /// Gives every file the header of a segment that follows the one before, so that the fuzzer gets
  /// behind the checksum.
  bool seal_headers = false;
  /// Walks the groups by the lengths that they announce and gives each its magic, position and
  /// checksum; what its payload holds is the fuzzer's.
  bool seal_groups = false;
  /// With it: each group says that all before it was durable, as the log writes it.
  bool mark_groups = false;
  /// Replay begins at the second segment, as if a snapshot stood for the first.
  bool from_second = false;
  std::vector<std::string> files;

  std::string Encode() const;
  /// Any bytes are an input.
  static LogInput Decode(absl::string_view bytes);

  struct File {
    std::uint64_t base;
    std::string bytes;
  };
  /// The files as they stand on the disk: sealed as the flags say, ascending, each under the base
  /// that its header states or, where it states none that follows, behind the file before it.
  std::vector<File> OnDisk() const;
};

}  // namespace iocd::fuzz
