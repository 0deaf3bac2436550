#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ioc/client/spool.h"

namespace iocctl {

/// What `iocctl spool status` has found out.
struct SpoolStatusData {
  std::string directory;
  ioc::client::SpoolState state;
  absl::Status write;       // of a test write
  bool has_sender = false;  // some process sends
  std::string target;
  absl::Status daemon;  // whether it answered; Unimplemented: it does not know the question
  std::uint64_t last_sequence = 0;  // the highest that it has taken
  absl::Time now;
};

/// One thing that was looked at.
enum class SpoolCheck { kWaiting, kSender, kDaemon, kRejected, kRoom, kDisk };

/// The checks that need attention, in the order of the enum.
std::vector<SpoolCheck> NeedAttention(const SpoolStatusData& data);

/// For people: the verdict, then one line for each check. `language` is "en" or "vi".
std::string SpoolStatusText(const SpoolStatusData& data, const std::string& language);

/// One JSON object.
std::string SpoolStatusJson(const SpoolStatusData& data);

}  // namespace iocctl
