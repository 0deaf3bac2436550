#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

namespace iocd::wire {

/// Reads Protobuf's wire format (https://protobuf.dev/programming-guides/encoding) from bytes that
/// outlive it, without copies. Takes what Protobuf's own C++ parser takes and refuses what that
/// refuses. After a function has returned false the reader is of no further use.
class WireReader {
 public:
  static_assert(std::endian::native == std::endian::little, "the wire's byte order is read as is");

  // Tags of a field: its number and wire type.
  static constexpr std::uint32_t kVarint = 0, kFixed64 = 1, kBytes = 2, kGroup = 3, kEndGroup = 4,
                                 kFixed32 = 5;
  static constexpr std::uint32_t Tag(std::uint32_t field, std::uint32_t type) {
    return field << 3 | type;
  }

  /// How deep messages and groups may stand in each other: Protobuf's default.
  static constexpr int kMaxDepth = 100;

  explicit WireReader(absl::string_view bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool AtEnd() const { return at_ == end_; }
  const char* position() const { return at_; }

  bool ReadTag(std::uint32_t* tag) {
    if (at_ != end_ && static_cast<std::uint8_t>(*at_) < 0x80) {
      *tag = static_cast<std::uint8_t>(*at_++);
      return true;
    }
    std::uint64_t value = 0;
    if (!ReadLongVarint(5, &value)) return false;
    *tag = static_cast<std::uint32_t>(value);
    return true;
  }

  bool ReadVarint(std::uint64_t* value) {
    if (at_ != end_ && static_cast<std::uint8_t>(*at_) < 0x80) {
      *value = static_cast<std::uint8_t>(*at_++);
      return true;
    }
    return ReadLongVarint(10, value);
  }

  bool ReadDouble(double* value) {
    if (end_ - at_ < 8) return false;
    std::memcpy(value, at_, 8);
    at_ += 8;
    return true;
  }

  /// A length and that many bytes; the view points into the input.
  bool ReadBytes(absl::string_view* bytes) {
    std::uint64_t size = 0;
    if (at_ != end_ && static_cast<std::uint8_t>(*at_) < 0x80) {
      size = static_cast<std::uint8_t>(*at_++);
    } else if (!ReadLongVarint(5, &size)) {
      return false;
    }
    if (size > static_cast<std::uint64_t>(end_ - at_)) return false;
    *bytes = absl::string_view(at_, size);
    at_ += size;
    return true;
  }

  /// Skips the value of an unknown field whose tag was just read. `depth`: how many groups may
  /// still stand in each other here.
  bool Skip(std::uint32_t tag, int depth);

 private:
  bool ReadLongVarint(int max_bytes, std::uint64_t* value);

  const char* at_;
  const char* end_;
};

}  // namespace iocd::wire
