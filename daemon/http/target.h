#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace iocd::http {

/// The address of a request, decoded.
struct Target {
  std::string path;                                             // "/api/v1/series"
  std::vector<std::pair<std::string, std::string>> parameters;  // in the order given
};

/// Takes "/path?name=value&…" apart: %XX and, in parameters, '+' for a space. InvalidArgument: an
/// escape that is none, or text that is not UTF-8.
absl::StatusOr<Target> ParseTarget(absl::string_view text);

}  // namespace iocd::http
