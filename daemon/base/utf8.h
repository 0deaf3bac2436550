#pragma once

#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd {

/// Of any text: whether it is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates,
/// nothing above U+10FFFF).
bool IsUtf8Slowly(absl::string_view text);

/// The same; almost all codes and names are plain ASCII, which is told eight bytes at a time.
inline bool IsUtf8(absl::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t seen = 0;
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    seen |= word;
  }
  for (; left > 0; ++at, --left) seen |= static_cast<std::uint64_t>(*at & 0x80);
  return (seen & kHighBits) == 0 || IsUtf8Slowly(text);
}

/// Number of characters (code points) of well-formed UTF-8.
std::size_t CountCharacters(absl::string_view utf8);

/// `utf8` in quotes for an error message: cut between characters to limits::kMaxQuotedInputBytes,
/// control characters escaped.
std::string Quoted(absl::string_view utf8);

}  // namespace iocd
