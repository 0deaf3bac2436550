#pragma once

#include <string>

#include "engine/state.h"

namespace iocd::engine {

/// The checksum (base/checksum.h) of the whole state's canonical form: states are equal to the last
/// bit if and, for all that damage can do, only if their digests are. It holds within one version
/// of the formats of log and snapshots. Needs memory for that form: about as much as the state.
std::string DigestOf(const State& state);

}  // namespace iocd::engine
