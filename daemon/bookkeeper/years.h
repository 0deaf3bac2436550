#pragma once

#include <array>

#include "base/timestamp.h"

namespace iocd::bookkeeper {

/// The civil years (+07:00) whose reports are followed at `now`: this one and the one before. What
/// fell due earlier stays in the ledger as it stood.
std::array<int, 2> KeptReportYears(Timestamp now);

}  // namespace iocd::bookkeeper
