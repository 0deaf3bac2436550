#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/records.h"
#include "standing/standing.h"

namespace iocd::bookkeeper {

// Kinds of history (ledger::HistoryKey).
inline constexpr char kTargetStatus[] = "target_status", kFreshness[] = "freshness",
                      kCompleteness[] = "completeness";
inline constexpr const char* kHistoryKinds[] = {kTargetStatus, kFreshness, kCompleteness};

/// What something is seen to be.
struct Observation {
  ledger::HistoryKey key;
  std::optional<std::string> text;
  std::optional<double> value;
  bool flows = false;  // the value is of a rolling window, which any moment changes
};

/// Of each target in force its status, with the actual behind it; of what each department owes now
/// its freshness; of each department its completeness.
std::vector<Observation> Observe(const standing::Standing& standing);

}  // namespace iocd::bookkeeper
