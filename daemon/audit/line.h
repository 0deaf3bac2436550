#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "audit/entry.h"
#include "audit/observer.h"

namespace iocd::audit {

// One line of the audit log (docs/audit.md): a JSON object whose last member is its hash. The hash
// is SHA-256 of the line's bytes before `,"hash":`, among them the hash of the line before.

/// What a line's place in the chain is told by.
struct Link {
  std::uint64_t seq = 0;
  std::string previous;  // hash of the line before, 64 hex digits
  std::string hash;      // as the line says
  bool hash_fits = false;
};

/// `previous` of the first line.
std::string NoHash();

/// 64 hex digits, lower case.
std::string Sha256Of(absl::string_view bytes);
bool IsHash(absl::string_view text);

/// Appends the line that comes after `*head`, with its newline, and makes it the head.
void AppendLine(const Logged& logged, Head* head, std::string* out);

/// The place in the chain of a line, without its newline; nullopt: the bytes do not have the form
/// of a line.
std::optional<Link> ParseLink(absl::string_view line);

/// The entry in a line, without its newline; nullopt: it has none. Does not look at the hashes, nor
/// at members that it does not know.
std::optional<Logged> ParseEntry(absl::string_view line);

}  // namespace iocd::audit
