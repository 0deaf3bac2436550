#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace iocd {

/// "; did you mean 'stttt'?" if one of `candidates` is so near to `text` that a slip of the finger
/// explains the difference (at most a third of its letters), otherwise empty.
std::string DidYouMean(absl::string_view text, const std::vector<absl::string_view>& candidates);

}  // namespace iocd
