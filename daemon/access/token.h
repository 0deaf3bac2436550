#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd::access {

/// A bearer token is "ioc_ID_SECRET": ID, 12 hexadecimal digits, says which hash it is to be
/// compared with; SECRET are 256 random bits in base64url. Only its hash is kept: argon2id, as
/// libsodium's crypto_pwhash_str writes it, with the salt and the costs in it.
///
/// A new one, from the system's random source.
std::string NewToken();

/// Whether the text has the form of an ID.
bool IsTokenId(absl::string_view text);

/// The ID, or nullopt if the text is no token.
std::optional<absl::string_view> TokenId(absl::string_view token);

/// Takes about a tenth of a second and 64 MiB, on purpose. nullopt: no memory.
std::optional<std::string> HashToken(absl::string_view token);

/// The same cost.
bool TokenMatches(absl::string_view token, const std::string& hash);

/// Whether the text is a hash as HashToken() writes it, and costs no more than that to compare
/// with.
bool IsTokenHash(absl::string_view text);

}  // namespace iocd::access
