#pragma once

#include <optional>

#include "absl/strings/string_view.h"

namespace iocd::config {

/// Number, from 1, of the first line that holds bytes which are not UTF-8 (RFC 3629); nullopt if
/// all are. Names travel in Protobuf messages and Prometheus labels, which take nothing else.
std::optional<int> FirstLineThatIsNotUtf8(absl::string_view bytes);

}  // namespace iocd::config
