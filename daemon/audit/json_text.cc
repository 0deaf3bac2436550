#include "audit/json_text.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/utf8.h"

namespace iocd::audit {
namespace {

constexpr absl::string_view kEllipsis = "\xE2\x80\xA6";  // …
constexpr char32_t kDelete = 0x7F, kLastC1 = 0x9F;

/// The length of the well-formed character that `text` begins with; 0: there is none.
std::size_t CharacterLength(absl::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (IsUtf8(text.substr(0, length))) return length;
  }
  return 0;
}

bool IsControl(absl::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == kDelete;
  return first == 0xC2 && static_cast<unsigned char>(character[1]) <= kLastC1;
}

void AppendCharacter(absl::string_view character, std::string* out) {
  if (IsControl(character)) {
    const auto code = static_cast<unsigned char>(character.back());
    absl::StrAppend(out, "\\u", absl::Hex(code, absl::kZeroPad4));
  } else {
    if (character == "\"" || character == "\\") out->push_back('\\');
    out->append(character.data(), character.size());
  }
}

/// Appends a code unit of \uXXXX as UTF-8. False: a surrogate, which this writer never makes.
bool AppendUtf8(std::uint32_t code, std::string* out) {
  if (code >= 0xD800 && code <= 0xDFFF) return false;
  if (code < 0x80) {
    out->push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (code >> 6)));
    out->push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xE0 | (code >> 12)));
    out->push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
  return true;
}

/// Takes what follows a backslash.
bool TakeEscape(absl::string_view* rest, std::string* out) {
  if (rest->empty()) return false;
  const char sort = rest->front();
  rest->remove_prefix(1);
  if (sort == '"' || sort == '\\') {
    out->push_back(sort);
    return true;
  }
  std::uint32_t code = 0;
  if (sort != 'u' || rest->size() < 4 || !absl::SimpleHexAtoi(rest->substr(0, 4), &code)) {
    return false;
  }
  rest->remove_prefix(4);
  return AppendUtf8(code, out);
}

bool TakeText(absl::string_view* rest, std::string* out) {
  if (!absl::ConsumePrefix(rest, "\"")) return false;
  while (!rest->empty()) {
    const char next = rest->front();
    rest->remove_prefix(1);
    if (next == '"') return IsUtf8(*out);
    if (static_cast<unsigned char>(next) < 0x20) return false;
    if (next != '\\') {
      out->push_back(next);
    } else if (!TakeEscape(rest, out)) {
      return false;
    }
  }
  return false;
}

bool TakeNumber(absl::string_view* rest, std::uint64_t* out) {
  const std::size_t digits = std::min(rest->find_first_not_of("0123456789"), rest->size());
  const bool is_number = absl::SimpleAtoi(rest->substr(0, digits), out);
  rest->remove_prefix(digits);
  return is_number;
}

}  // namespace

void AppendJsonText(absl::string_view text, std::size_t max_bytes, std::string* out) {
  out->push_back('"');
  std::size_t left = max_bytes;
  while (!text.empty()) {
    const std::size_t length = CharacterLength(text);
    if (std::max<std::size_t>(length, 1) > left) {
      out->append(kEllipsis.data(), kEllipsis.size());
      break;
    }
    AppendCharacter(length == 0 ? "?" : text.substr(0, length), out);
    text.remove_prefix(std::max<std::size_t>(length, 1));
    left -= std::max<std::size_t>(length, 1);
  }
  out->push_back('"');
}

std::optional<std::vector<std::pair<std::string, JsonValue>>> ParseFlatObject(
    absl::string_view text) {
  if (!absl::ConsumePrefix(&text, "{") || !absl::ConsumeSuffix(&text, "}")) return std::nullopt;
  std::vector<std::pair<std::string, JsonValue>> members;
  while (!text.empty()) {
    if (!members.empty() && !absl::ConsumePrefix(&text, ",")) return std::nullopt;
    std::string name, value;
    std::uint64_t number = 0;
    if (!TakeText(&text, &name) || !absl::ConsumePrefix(&text, ":")) return std::nullopt;
    if (absl::StartsWith(text, "\"")) {
      if (!TakeText(&text, &value)) return std::nullopt;
      members.emplace_back(std::move(name), std::move(value));
    } else {
      if (!TakeNumber(&text, &number)) return std::nullopt;
      members.emplace_back(std::move(name), number);
    }
  }
  return members;
}

}  // namespace iocd::audit
