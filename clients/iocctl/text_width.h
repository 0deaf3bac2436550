#pragma once

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace iocctl {

/// Columns that UTF-8 text takes on a terminal: combining marks take none (Vietnamese may be
/// written with them), East Asian wide characters two. Each byte that is not UTF-8 takes one.
std::size_t DisplayWidth(absl::string_view text);

/// Spaces up to `width` columns before or after the text; longer text stays whole.
std::string PadRight(absl::string_view text, std::size_t width);
std::string PadLeft(absl::string_view text, std::size_t width);

}  // namespace iocctl
