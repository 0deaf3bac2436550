#include "base/utf8.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/limits.h"

namespace iocd {
namespace {

bool IsContinuation(char c) { return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80; }

/// Length of the well-formed character at the start of `text`, 0 if there is none. The bounds of
/// the second byte are those of the table in RFC 3629, section 4.
std::size_t CharacterLength(absl::string_view text) {
  const auto first = static_cast<std::uint8_t>(text[0]);
  if (first < 0x80) return 1;
  std::size_t length = 0;
  std::uint8_t low = 0x80, high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  }
  if (length == 0 || text.size() < length) return 0;
  const auto second = static_cast<std::uint8_t>(text[1]);
  if (second < low || second > high) return 0;
  const absl::string_view rest = text.substr(2, length - 2);
  return std::all_of(rest.begin(), rest.end(), IsContinuation) ? length : 0;
}

}  // namespace

bool IsUtf8Slowly(absl::string_view text) {
  while (!text.empty()) {
    const std::size_t length = CharacterLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::size_t CountCharacters(absl::string_view utf8) {
  return utf8.size() - std::count_if(utf8.begin(), utf8.end(), IsContinuation);
}

std::string Quoted(absl::string_view utf8) {
  if (utf8.size() <= limits::kMaxQuotedInputBytes) {
    return absl::StrCat("'", absl::Utf8SafeCEscape(utf8), "'");
  }
  std::size_t size = limits::kMaxQuotedInputBytes;
  while (size > 0 && IsContinuation(utf8[size])) --size;
  return absl::StrCat("'", absl::Utf8SafeCEscape(utf8.substr(0, size)), "…'");
}

}  // namespace iocd
