#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::access {

/// What one department may use of the daemon. The usual rate is more than one machine takes, so
/// that nobody is held back whom the operator has not told to be.
struct Quota {
  double events_per_second = 1e7;
  double burst_events = 1e7;                         // at once, after a rest
  std::uint64_t in_flight_bytes = 64 * 1024 * 1024;  // of requests without an answer
  int streams = 64;                                  // open at a time
};

/// All of them, and what all departments may use together.
struct Quotas {
  Quota usual;
  absl::flat_hash_map<std::string, Quota> departments;  // by code: those that differ
  std::uint64_t in_flight_bytes = 512 * 1024 * 1024;    // of all
  int streams = 4'096;                                  // of all
  std::optional<std::uint64_t> memory_bytes;            // of the daemon; nullopt: by the machine
  Duration stream_lifetime = Duration::Seconds(12 * 3'600);

  const Quota& Of(absl::string_view department) const;
};

}  // namespace iocd::access
