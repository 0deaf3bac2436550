#pragma once

#include <cstdint>

#include "ledger/records.h"

namespace iocd::ledger {

/// The update that a made-up history has at `position`: 1, 2, …; always the same for a seed. Few
/// keys and few values, so that much of it repeats what stands, restates, reopens and withdraws.
Update RandomUpdate(std::uint64_t seed, std::uint64_t position);

}  // namespace iocd::ledger
