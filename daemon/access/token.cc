#include "access/token.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/hexadecimal.h"

namespace iocd::access {
namespace {

constexpr absl::string_view kPrefix = "ioc_";
constexpr std::size_t kIdBytes = 6, kSecretBytes = 32;
constexpr std::size_t kIdDigits = 2 * kIdBytes;
constexpr std::size_t kSecretCharacters = 43;
constexpr std::size_t kTokenBytes = 4 + kIdDigits + 1 + kSecretCharacters;

// Without it the library's random source and its choice of instructions are not ready.
void Prepare() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();
}

template <std::size_t N>
std::string RandomBytes() {
  std::array<char, N> bytes{};
  randombytes_buf(bytes.data(), N);
  return std::string(bytes.data(), N);
}

bool IsBase64Url(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
}

}  // namespace

std::string NewToken() {
  Prepare();
  std::string secret;
  absl::WebSafeBase64Escape(RandomBytes<kSecretBytes>(), &secret);  // without padding
  return absl::StrCat(kPrefix, absl::BytesToHexString(RandomBytes<kIdBytes>()), "_", secret);
}

bool IsTokenId(absl::string_view text) { return IsHexadecimal(text, kIdDigits); }

std::optional<absl::string_view> TokenId(absl::string_view token) {
  if (token.size() != kTokenBytes || !absl::StartsWith(token, kPrefix)) return std::nullopt;
  const absl::string_view id = token.substr(kPrefix.size(), kIdDigits);
  const absl::string_view secret = token.substr(kPrefix.size() + kIdDigits + 1);
  if (token[kPrefix.size() + kIdDigits] != '_') return std::nullopt;
  if (!IsTokenId(id)) return std::nullopt;
  if (!std::all_of(secret.begin(), secret.end(), IsBase64Url)) return std::nullopt;
  return id;
}

std::optional<std::string> HashToken(absl::string_view token) {
  Prepare();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int failed =
      crypto_pwhash_str(hash.data(), token.data(), token.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE);
  if (failed != 0) return std::nullopt;
  return std::string(hash.data());
}

bool TokenMatches(absl::string_view token, const std::string& hash) {
  Prepare();
  return hash.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(hash.c_str(), token.data(), token.size()) == 0;
}

bool IsTokenHash(absl::string_view text) {
  Prepare();
  const std::string hash(text);
  return absl::StartsWith(text, crypto_pwhash_STRPREFIX) && hash.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_needs_rehash(hash.c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                        crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
}

}  // namespace iocd::access
