#pragma once

#include "iocsim/load_result.h"

namespace iocsim {

/// `iocsim load`: measures what a daemon in --demo takes. Prints one JSON object as its last line.
/// Returns the exit code: 0, 1 if the daemon was not reached or batches failed, 2 for files that do
/// not fit a connection.
int RunLoad(const LoadOptions& options);

}  // namespace iocsim
