#include "http/target.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"

namespace iocd::http {
namespace {

std::optional<int> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// The character that the escape at text[at] stands for.
std::optional<char> Unescape(absl::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return std::nullopt;
  const std::optional<int> high = HexDigit(text[at + 1]);
  const std::optional<int> low = HexDigit(text[at + 2]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

absl::StatusOr<std::string> Decode(absl::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const std::optional<char> c = Unescape(text, i);
      if (!c) {
        return absl::InvalidArgumentError(
            "a '%' in the address is not followed by two hexadecimal digits; write %25 for '%'.");
      }
      out.push_back(*c);
      i += 2;
    } else {
      out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  if (!IsUtf8(out)) return absl::InvalidArgumentError("the address is not UTF-8.");
  return out;
}

}  // namespace

absl::StatusOr<Target> ParseTarget(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> halves =
      absl::StrSplit(text, absl::MaxSplits('?', 1));
  Target target;
  auto path = Decode(halves.first, /*plus_is_space=*/false);
  if (!path.ok()) return path.status();
  target.path = *std::move(path);

  for (const absl::string_view piece : absl::StrSplit(halves.second, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(piece, absl::MaxSplits('=', 1));
    auto name = Decode(pair.first, /*plus_is_space=*/true);
    if (!name.ok()) return name.status();
    auto value = Decode(pair.second, /*plus_is_space=*/true);
    if (!value.ok()) return value.status();
    target.parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return target;
}

}  // namespace iocd::http
