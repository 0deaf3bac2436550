#pragma once

#include <optional>

#include "domain/rollup.h"

namespace iocd::domain {

/// Event time of the newest event that a department, or one that it has taken over by the reading's
/// day, has sent of an indicator: of one member, or of all. Arguments are indices into the
/// catalogue's vectors.
std::optional<Timestamp> LastEventTime(const Reading& reading, std::size_t department,
                                       std::size_t indicator,
                                       std::optional<std::size_t> member = std::nullopt);

}  // namespace iocd::domain
