#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace iocctl {

/// UTF-8 from outside, for a terminal: what would move the cursor, change colours or turn the
/// direction of writing is replaced by '?'.
std::string HarmlessText(absl::string_view text);

}  // namespace iocctl
