#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "ioc/client/channel.h"

namespace iocsim {

struct DepartmentsOptions {
  std::string target, scenario_file;
  ioc::client::ChannelSecurity security;
  std::string
      certificates;  // directory with each department's own; empty: all send with `security`
  std::uint64_t seed = 1;
  /// How long the live feed lasts after the backlog; zero: the backlog alone.
  absl::Duration live_for = absl::InfiniteDuration();
};

/// `iocsim departments`: a lifelike feed of every department, until SIGINT or SIGTERM. Returns the
/// exit code: 0, 1 if the daemon is not reached or refuses the feed, 2 for a
/// wrong scenario or files that do not fit a connection.
int RunDepartments(const DepartmentsOptions& options);

}  // namespace iocsim
