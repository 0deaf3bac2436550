#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace iocctl {

/// The whole content of a file. NotFound, with a sentence, if it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

/// Whether there is a file whose last line has no end, because its writer was interrupted: what is
/// appended would become a part of that line.
bool EndsWithinALine(const std::string& path);

}  // namespace iocctl
