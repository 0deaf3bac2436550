#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"

namespace iocd {

/// Whether the text is that many hexadecimal digits, letters in lower case.
bool IsHexadecimal(absl::string_view text, std::size_t digits);

}  // namespace iocd
