#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"

namespace iocd::audit {

/// Appends `text` as a JSON string in quotes: at most `max_bytes` of it, cut between characters and
/// then ending in "…". Bytes that are no UTF-8 become '?'; control characters (also those of C1)
/// are escaped, so that a line is one line and harmless on a terminal.
void AppendJsonText(absl::string_view text, std::size_t max_bytes, std::string* out);

/// A value of a flat JSON object: a text or a whole number from 0.
using JsonValue = std::variant<std::string, std::uint64_t>;

/// The members of a JSON object without spaces whose values are texts and whole numbers, as
/// AuditLog writes it, in their order; nullopt: `text` is none.
std::optional<std::vector<std::pair<std::string, JsonValue>>> ParseFlatObject(
    absl::string_view text);

}  // namespace iocd::audit
