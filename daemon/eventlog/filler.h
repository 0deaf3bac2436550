#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace iocd::eventlog {

/// Sound groups that take exactly `bytes` bytes from `position` on and hold `lost` records: what is
/// written over a damaged stretch whose loss an operator has accepted, so that what stands behind
/// it can be read again. Nullopt for a size that no groups have: less than 37 bytes, but for 32 (an
/// empty group).
std::optional<std::string> FillerGroups(std::uint64_t position, std::uint64_t bytes);

}  // namespace iocd::eventlog
