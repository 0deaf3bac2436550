#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "eventlog/group_format.h"
#include "eventlog/record.h"
#include "eventlog/replay.h"

namespace iocd::eventlog {

// A walk through a log that passes over damage and tells it, where Replay() (which a start of the
// daemon uses) stops at the first. Both decide by the same rules what is damage and what is a torn
// tail: docs/event-log.md, "Start-up".

/// A segment's file as it lies in the directory.
struct SegmentFile {
  std::string path;
  std::uint64_t base = 0;        // as its name says
  std::uint64_t file_bytes = 0;  // 0 also if there is no such file, though one must have been
  bool exists = true;
  std::optional<SegmentHeader> header;  // nullopt: it is damaged, or of another segment
  std::uint64_t end = 0;                // position behind what counts of it
};

/// All segments' files of a log, ascending.
struct SegmentFiles {
  std::vector<SegmentFile> files;
  // The base of a last file whose header never became whole; it is not among `files`.
  std::optional<std::uint64_t> half_made;
  std::uint64_t bytes = 0;  // of all files
};

/// Positions of a log where nothing can be read although it must have been durable.
struct Damage {
  enum class Kind : std::uint8_t {
    kHeader,      // of a segment: the file's name tells what stood there, so nothing is lost
    kNoGroup,     // no sound group stands there
    kUnreadable,  // a sound group stands there, but what is in it makes no sense
  };
  Kind kind{};
  std::string path;        // the file in which it lies, or at whose end the bytes are missing
  std::uint64_t base = 0;  // of that file
  std::uint64_t begin = 0, end = 0;
  std::uint64_t missing_bytes = 0;  // of these, the last ones, which the file does not reach
  // The sound groups next to it in the same file: where the one before begins, where the one behind
  // ends.
  std::optional<std::uint64_t> before_begin, behind_end;
  bool at_the_end = false;  // nothing sound stands behind it: it ends where the log was proven to

  std::uint64_t size() const { return end - begin; }
  std::uint64_t offset() const { return begin - base; }  // in the file
};

/// Told what stands in a log, in ascending order. An error that a function returns ends the walk.
class LogVisitor {
 public:
  virtual ~LogVisitor() = default;

  virtual absl::Status OnSegment(const SegmentFile& /*file*/) { return absl::OkStatus(); }
  /// A sound group whose records can all be read.
  virtual absl::Status OnGroup(const Group& /*group*/) { return absl::OkStatus(); }
  /// Each record of that group, after OnGroup().
  virtual absl::Status OnRecord(const RawRecord& /*record*/, std::uint64_t /*position*/) {
    return absl::OkStatus();
  }
  virtual absl::Status OnDamage(const Damage& /*damage*/) { return absl::OkStatus(); }
};

/// How a log ends.
struct WalkedLog {
  std::uint64_t end = 0;         // position behind the last sound group
  std::uint64_t torn_bytes = 0;  // behind it, never acknowledged: a start would cut them
  std::string torn_file;
};

/// The files with their sizes and headers. `known` is what snapshots prove: a log that begins above
/// `known.position`, or has no segment although something was durable, is given a first segment
/// that does not exist, whose groups would begin there. FailedPrecondition: a segment is of another
/// version of the format; and the file system's errors. Beside a running daemon: call it after the
/// snapshots were read.
absl::StatusOr<SegmentFiles> ListSegmentFiles(FileSystem& file_system, const std::string& directory,
                                              const ReplayFrom& known);

/// Visits the segments that reach above `from`. A file that has gone since it was listed counts as
/// removed: retention does that beside a running daemon. Changes nothing. Errors are those of the
/// file system and of the visitor.
absl::StatusOr<WalkedLog> WalkLog(FileSystem& file_system, const SegmentFiles& segments,
                                  const ReplayFrom& known, std::uint64_t from, LogVisitor& visitor);

}  // namespace iocd::eventlog
