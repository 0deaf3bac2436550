#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "eventlog/batch_record.h"
#include "eventlog/log_walk.h"

namespace iocd::eventlog {

/// What one segment holds.
struct SegmentSurvey {
  SegmentFile file;
  std::uint64_t sound_bytes = 0;  // in header and sound groups
  // Left by a write that failed: at or above the next one's base.
  std::uint64_t abandoned_bytes = 0;
  std::uint64_t groups = 0, defines = 0, batches = 0, events = 0;
  std::uint64_t lost_bytes = 0;  // in `lost` records: damage whose loss was accepted
  std::optional<Timestamp> first_arrival, last_arrival;
};

/// A batch and where it stands.
struct BatchPlace {
  std::uint64_t position = 0;
  BatchHeader header;
};

/// A damaged place and the batches that stand next to it, which tell what may be lost.
struct SurveyedDamage {
  Damage damage;
  std::optional<BatchPlace> before, behind;
};

struct LogSurvey {
  ReplayFrom known;
  SegmentFiles files;
  std::vector<SegmentSurvey> segments;
  std::vector<SurveyedDamage> damages;  // ascending
  WalkedLog log;

  // Of all segments.
  std::uint64_t groups = 0, defines = 0, batches = 0, events = 0, lost_bytes = 0;
};

/// Told how many bytes of how many have been read; may be empty.
using SurveyProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;

/// Reads every group and record of a log and tells all that is damaged. `known` and the errors are
/// those of ListSegmentFiles() and WalkLog(). Changes nothing.
absl::StatusOr<LogSurvey> SurveyLog(FileSystem& file_system, const std::string& directory,
                                    const ReplayFrom& known, const SurveyProgress& progress);

}  // namespace iocd::eventlog
