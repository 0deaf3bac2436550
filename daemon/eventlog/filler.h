#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace iocd::eventlog {

/// Whether there are groups of exactly so many bytes: not of less than 37, but for 32 (an empty
/// group).
bool CanFill(std::uint64_t bytes);

/// Sound groups that take exactly `bytes` bytes from `position` on and hold `lost` records: what is
/// written over a damaged stretch whose loss an operator has accepted, so that what stands behind
/// it can be read again. Nullopt if CanFill() denies it.
std::optional<std::string> FillerGroups(std::uint64_t position, std::uint64_t bytes);

}  // namespace iocd::eventlog
