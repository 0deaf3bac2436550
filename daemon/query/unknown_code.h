#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace iocd::query {

/// NOT_FOUND: no `what` ("indicator") has the code. Names the known code that is nearest, if one is
/// near, and otherwise where to find them ("GET /api/v1/indicators lists them").
absl::Status UnknownCode(absl::string_view what, absl::string_view code,
                         const std::vector<absl::string_view>& known,
                         absl::string_view where_to_list);

/// The number of single-character insertions, deletions and replacements between two texts.
std::size_t EditDistance(absl::string_view a, absl::string_view b);

}  // namespace iocd::query
