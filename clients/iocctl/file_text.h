#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace iocctl {

/// The whole content of a file. NotFound, with a sentence, if it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace iocctl
