#pragma once

#include <string>

#include "ioc/v1/admin.pb.h"

namespace iocctl {

/// The daemon's clock for people: what it says, what it is held against, and whether it is in
/// doubt.
std::string ClockText(const ioc::v1::ClockState& state);

}  // namespace iocctl
