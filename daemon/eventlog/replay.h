#pragma once

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "eventlog/record.h"
#include "eventlog/segments.h"

namespace iocd::eventlog {

/// Where replay begins, and what is known from a snapshot.
struct ReplayFrom {
  std::uint64_t position = 0;        // records of groups at or above it are visited
  std::uint64_t synced_through = 0;  // all below is known to have been durable
};

/// What replay found.
struct Replayed {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;       // read
  std::uint64_t torn_bytes = 0;  // cut from the tail of the last segment; never acknowledged
  std::string torn_file;
  std::uint64_t abandoned_bytes = 0;  // in segments given up after a failed write or sync
  std::uint64_t lost_bytes = 0;       // in `lost` records: damage that an operator accepted
};

/// Called for each record in log order with its position. An error stops the replay; DataLoss says
/// that this record is damaged.
using Visit = absl::FunctionRef<absl::Status(const RawRecord&, std::uint64_t position)>;

/// Where a log ends, and how far that is certain.
struct LogEnd {
  std::uint64_t position = 0;  // behind the last sound group
  std::uint64_t proven = 0;  // all below was durable: a mark, a later segment or a snapshot says so
  bool marked = true;        // no group with records stands behind the last mark
};

/// Visits the records of a log and finds its end; changes nothing. Reads the segments that reach
/// above `from.position`, and the last one. Errors: DataLoss if a place is damaged that was proven
/// durable, or if the log ends below one; those of the file system and of `visit`.
absl::StatusOr<LogEnd> Replay(FileSystem& file_system, const std::string& directory,
                              const Segments& segments, const ReplayFrom& from, Visit visit,
                              Replayed* replayed);

}  // namespace iocd::eventlog
