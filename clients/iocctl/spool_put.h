#pragma once

#include <string>
#include <vector>

#include "ioc/client/spool.h"

namespace iocctl {

/// Puts events into the spool (which is made if it is not there) and says how many wait in it.
/// `name`: puts them in once under it; empty: whenever asked. Returns the exit code; 0: they are
/// durable on this machine.
int PutIntoSpool(const ioc::client::SpoolOptions& options, const std::string& name,
                 const std::vector<ioc::v1::Event>& events, bool json);

}  // namespace iocctl
