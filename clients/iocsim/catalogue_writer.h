#pragma once

#include <string>

#include "absl/status/status.h"

namespace iocsim {

/// Writes a configuration of any size for tests of load: iocd.yaml, departments.yaml and
/// indicators.yaml in `directory`, which is made if it is not there. Every department reports every
/// indicator; of ten indicators seven are flows, two ratios and one is a duration. At most
/// 1,000,000 of each. Existing files are replaced.
absl::Status WriteCatalogue(const std::string& directory, int departments, int indicators);

}  // namespace iocsim
