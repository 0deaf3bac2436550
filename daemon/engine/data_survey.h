#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "engine/dictionary.h"
#include "eventlog/log_survey.h"
#include "snapshot/snapshot_check.h"

namespace iocd::engine {

/// What stands in a data directory, sound and damaged.
struct DataSurvey {
  std::vector<snapshot::SnapshotCheck> snapshots;  // newest first
  eventlog::ReplayFrom known;                      // from the newest sound one; all zero without
  eventlog::LogSurvey log;
};

/// Reads every byte of the snapshots and of the log; changes nothing, also beside a running daemon.
/// Snapshots that go meanwhile are left out. NotFound: there is no log in the directory.
/// FailedPrecondition: the log is of another version of the format. And the file system's errors.
absl::StatusOr<DataSurvey> SurveyData(FileSystem& file_system, const std::string& data_directory,
                                      const eventlog::SurveyProgress& progress);

/// What is needed to read a log from any place on.
struct LogReadings {
  Dictionary dictionary;       // the ids that are defined, as far as snapshots and log can be read
  eventlog::ReplayFrom known;  // from the newest sound snapshot; all zero without
  eventlog::SegmentFiles files;
};

/// Reads the newest sound snapshot and the definitions in the log behind it; changes nothing.
/// Errors as SurveyData().
absl::StatusOr<LogReadings> PrepareToRead(FileSystem& file_system,
                                          const std::string& data_directory);

}  // namespace iocd::engine
