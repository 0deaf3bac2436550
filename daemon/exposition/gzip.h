#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace iocd::exposition {

/// `text` as one gzip member, compressed at the fastest level: scrapes care more for time than for
/// the last tenth of the size.
std::string Gzip(absl::string_view text);

}  // namespace iocd::exposition
