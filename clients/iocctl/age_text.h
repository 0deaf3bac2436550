#pragma once

#include <string>

#include "absl/time/time.h"

namespace iocctl {

/// "45s", "12m", "3h 5m", "2d 4h".
std::string AgeText(absl::Duration age);

}  // namespace iocctl
