#include "iocctl/text_width.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace iocctl {
namespace {

struct Range {
  std::uint32_t first, last;
};

// Combining marks and invisible characters.
constexpr Range kZeroWidth[] = {{0x0300, 0x036f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
                                {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f},
                                {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}};
// East Asian wide and full-width blocks, and emoji.
constexpr Range kDoubleWidth[] = {{0x1100, 0x115f}, {0x2e80, 0xa4cf},   {0xac00, 0xd7a3},
                                  {0xf900, 0xfaff}, {0xfe30, 0xfe6f},   {0xff00, 0xff60},
                                  {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};

template <std::size_t n>
bool Contains(const Range (&ranges)[n], std::uint32_t character) {
  return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) {
    return range.first <= character && character <= range.last;
  });
}

/// Removes one character from the front of `text`; a byte that begins none counts as one.
std::uint32_t TakeCharacter(absl::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80           ? 1
                             : (lead >> 5) == 0x06 ? 2
                             : (lead >> 4) == 0x0e ? 3
                             : (lead >> 3) == 0x1e ? 4
                                                   : 1;
  std::uint32_t character = length == 1 ? lead : lead & (0x7fu >> length);
  if (length > text.size()) {
    text.remove_prefix(1);
    return lead;
  }
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) {
      text.remove_prefix(1);
      return lead;
    }
    character = (character << 6) | (byte & 0x3f);
  }
  text.remove_prefix(length);
  return character;
}

std::string Spaces(absl::string_view text, std::size_t width) {
  const std::size_t have = DisplayWidth(text);
  return std::string(have < width ? width - have : 0, ' ');
}

}  // namespace

std::size_t DisplayWidth(absl::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::uint32_t character = TakeCharacter(text);
    if (Contains(kZeroWidth, character)) continue;
    width += Contains(kDoubleWidth, character) ? 2 : 1;
  }
  return width;
}

std::string PadRight(absl::string_view text, std::size_t width) {
  return absl::StrCat(text, Spaces(text, width));
}

std::string PadLeft(absl::string_view text, std::size_t width) {
  return absl::StrCat(Spaces(text, width), text);
}

}  // namespace iocctl
