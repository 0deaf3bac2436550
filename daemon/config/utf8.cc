#include "config/utf8.h"

#include <cstdint>

namespace iocd::config {
namespace {

/// Bytes of the character that `bytes` begins with; 0 if it is none. Overlong forms, surrogates and
/// what lies above U+10FFFF are none.
std::size_t CharacterLength(absl::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (byte(0) < 0x80) return 1;
  const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : byte(0) >= 0xC0 ? 2 : 0;
  if (length == 0 || bytes.size() < length) return 0;
  std::uint32_t point = byte(0) & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    point = (point << 6) | (byte(i) & 0x3F);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return byte(0) > 0xF4 || point < kLeast[length] || point > 0x10FFFF || surrogate ? 0 : length;
}

}  // namespace

std::optional<int> FirstLineThatIsNotUtf8(absl::string_view bytes) {
  int line = 1;
  while (!bytes.empty()) {
    const std::size_t length = CharacterLength(bytes);
    if (length == 0) return line;
    if (bytes[0] == '\n') ++line;
    bytes.remove_prefix(length);
  }
  return std::nullopt;
}

}  // namespace iocd::config
