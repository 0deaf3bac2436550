#include "wire/wire_reader.h"

namespace iocd::wire {

bool WireReader::Skip(std::uint32_t tag, int depth) {
  if (tag >> 3 == 0) return false;
  std::uint64_t ignored_number = 0;
  absl::string_view ignored_bytes;
  switch (tag & 7) {
    case kVarint:
      return ReadVarint(&ignored_number);
    case kFixed64:
      if (end_ - at_ < 8) return false;
      at_ += 8;
      return true;
    case kBytes:
      return ReadBytes(&ignored_bytes);
    case kGroup: {
      if (depth == 0) return false;
      const std::uint32_t end_tag = (tag & ~7U) | kEndGroup;
      std::uint32_t inner = 0;
      while (ReadTag(&inner)) {
        if ((inner & 7) == kEndGroup) return inner == end_tag;
        if (!Skip(inner, depth - 1)) return false;
      }
      return false;
    }
    case kFixed32:
      if (end_ - at_ < 4) return false;
      at_ += 4;
      return true;
    default:
      return false;
  }
}

bool WireReader::ReadLongVarint(int max_bytes, std::uint64_t* value) {
  std::uint64_t result = 0;
  for (int i = 0; i < max_bytes && at_ != end_; ++i) {
    const auto byte = static_cast<std::uint8_t>(*at_++);
    result |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
    if (byte < 0x80) {
      *value = result;
      return true;
    }
  }
  return false;
}

}  // namespace iocd::wire
