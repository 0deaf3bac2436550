#include "iocctl/harmless_text.h"

#include <algorithm>

namespace iocctl {
namespace {

/// Bytes of the harmful character that `text` begins with; 0: it is harmless. Control characters of
/// C0 and C1, and those that turn the direction (U+202A to U+202E, U+2066 to U+2069, U+200E and F).
std::size_t HarmfulBytes(absl::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return 2;
  if (byte(0) != 0xE2) return 0;
  const bool turns = (byte(1) == 0x80 && ((byte(2) >= 0xAA && byte(2) <= 0xAE) || byte(2) == 0x8E ||
                                          byte(2) == 0x8F)) ||
                     (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
  return turns ? 3 : 0;
}

}  // namespace

std::string HarmlessText(absl::string_view text) {
  std::string harmless;
  while (!text.empty()) {
    const std::size_t harmful = HarmfulBytes(text);
    harmless += harmful > 0 ? '?' : text.front();
    text.remove_prefix(std::max<std::size_t>(harmful, 1));
  }
  return harmless;
}

}  // namespace iocctl
