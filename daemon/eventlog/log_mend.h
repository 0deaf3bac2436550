#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "eventlog/log_survey.h"

namespace iocd::eventlog {

/// Positions that are given up: filler takes their place.
struct GivenUp {
  std::uint64_t begin = 0, end = 0;
  std::uint64_t damaged_bytes = 0;  // the others are of sound groups beside them, see PlanMend()

  std::uint64_t swallowed_bytes() const { return end - begin - damaged_bytes; }
};

/// What becomes of one segment's file.
struct FileMend {
  SegmentFile file;
  std::optional<SegmentHeader> header;  // to be written anew: the old one is damaged
  std::vector<GivenUp> given_up;        // ascending, apart from each other
};

struct MendPlan {
  std::vector<FileMend> files;  // ascending; empty: there is nothing to mend
  /// Whether what stands at `position` is given up.
  bool GivesUp(std::uint64_t position) const;
};

/// How a log can be made whole again without what is damaged. A damaged stretch that is too small
/// for filler takes a sound group next to it along. A missing segment's place is taken by filler at
/// the end of the file before it. FailedPrecondition: a place cannot be filled.
absl::StatusOr<MendPlan> PlanMend(const LogSurvey& survey);

/// One file that Mend() has changed.
struct MendedFile {
  std::string path;
  std::string copy;  // what it was before; empty: there was no such file
};

/// Carries a plan out. The caller holds the lock of the data directory, and the log is as it was
/// when it was surveyed. Of each file that changes a copy is kept as PATH.damaged (or .damaged.2,
/// …, never in place of an earlier one); then the mended file takes its place as a whole, durably.
/// So whatever fails and wherever this stops: each file is as it was or mended, and a new survey,
/// plan and mend do the rest. Errors are the file system's. `*mended` names the files that are
/// done, also after an error.
absl::Status Mend(FileSystem& file_system, const std::string& directory, const MendPlan& plan,
                  std::vector<MendedFile>* mended);

}  // namespace iocd::eventlog
