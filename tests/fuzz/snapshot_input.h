#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace iocd::fuzz {

/// What the snapshots' fuzzer is given: a byte of flags, then a snapshot file.
struct SnapshotInput {
  /// Gives head and sections the lengths, numbers and checksums that make them sound, and the file
  /// its end, so that the fuzzer gets at what reads the items.
  bool seal = false;
  std::string file;

  std::string Encode() const;
  /// Any bytes are an input.
  static SnapshotInput Decode(absl::string_view bytes);

  /// The file as it stands on the disk.
  std::string OnDisk() const;
};

}  // namespace iocd::fuzz
