#pragma once

#include <optional>

#include "domain/rollup.h"

namespace iocd::domain {

/// Event time of the newest event that a department has sent of an indicator, over all its members.
/// Arguments are indices into the catalogue's vectors.
std::optional<Timestamp> LastEventTime(const Reading& reading, std::size_t department,
                                       std::size_t indicator);

}  // namespace iocd::domain
