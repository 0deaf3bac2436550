#pragma once

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd {

/// XXH3, 128 bits, of bytes that come in pieces: tells damage, not a forger.
class Checksum {
 public:
  Checksum();
  ~Checksum();
  Checksum(Checksum&&) noexcept;
  Checksum& operator=(Checksum&&) noexcept;

  void Add(absl::string_view bytes);
  /// 32 digits of all bytes so far, as 'xxhsum -H2' prints them.
  std::string Hex() const;

 private:
  struct Hash;
  std::unique_ptr<Hash> hash_;
};

/// The same of bytes in one piece.
std::string ChecksumOf(absl::string_view bytes);

}  // namespace iocd
