#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "base/timestamp.h"
#include "eventlog/replay.h"
#include "eventlog/segments.h"

namespace iocd::eventlog {

/// Which of the oldest segments may go.
struct Retention {
  Duration age;             // of the newest arrival in a segment, behind the newest in the log
  std::uint64_t bytes = 0;  // of all segments together; beyond it the oldest go, however young
};

/// The append-only log of everything that was accepted: the truth from which all state is rebuilt.
/// A directory of segments (group_format.h). One thread at a time.
class EventLog {
 public:
  struct Options {
    std::string directory;
    std::uint64_t segment_bytes;  // a new segment begins once one has reached this size
    std::uint64_t reserve_bytes;  // room is reserved on the disk in steps of this size
  };
  using From = ReplayFrom;
  using Replayed = eventlog::Replayed;
  using Visit = eventlog::Visit;

  /// Opens the log in `options.directory` (created if missing) and visits every record from `from`
  /// on. Of segments wholly below `from.position` only names, sizes and headers are checked. Cuts a
  /// torn tail. Before it returns, what no mark proves durable (the last group) is written over
  /// itself and synced, so that a repeat may be answered from it.
  /// Errors: NotFound: the log begins above `from.position`. DataLoss: a place is damaged, or
  /// missing, that a mark, a later segment or `from` proves to have been durable; the message names
  /// file and byte and the ways on. FailedPrecondition: another version of the format. And what the
  /// file system or `visit` returned. After the first three and errors of `visit` the log is as it
  /// was.
  static absl::StatusOr<std::unique_ptr<EventLog>> Open(const Options& options,
                                                        FileSystem& file_system, From from,
                                                        Visit visit, Replayed* replayed);

  /// Makes ready for a group of up to `group_bytes` (header included): resumes in a new segment if
  /// the present one was abandoned, begins a new one if it is full, reserves room. Call it before
  /// NextPosition() and Append(). `newest_arrival` is that of all records so far; it goes into the
  /// header of a segment that begins. After an error nothing has been written where records stand,
  /// and the next call tries again. ResourceExhausted: the disk is full.
  absl::Status Prepare(std::size_t group_bytes, Timestamp newest_arrival);

  /// Makes a group durable: returns OK once it is written and synced. `group` starts with
  /// kGroupHeaderBytes of room, which this fills in; records follow. Their positions are
  /// NextPosition() + their offset in `group`, taken before the call.
  /// After an error the segment is abandoned: what became of the group is unknown, and it counts
  /// only if a restart comes before the next successful Prepare().
  absl::Status Append(std::string* group);

  /// Makes an empty group durable, whose mark proves the last one, unless that is an empty one
  /// itself. For a clean stop: damage to the last records is then told from a torn tail. After an
  /// error as Append().
  absl::Status AppendMark();

  /// True after an error until Prepare() has succeeded again; Append() returns that error
  /// meanwhile.
  bool Failed() const { return !failed_.ok(); }

  /// Where the next group's header will stand. All below is durable.
  std::uint64_t NextPosition() const { return Base() + size_; }
  /// Bytes in all segments.
  std::uint64_t Bytes() const { return NextPosition() - segments_.front().base; }
  std::size_t SegmentCount() const { return segments_.size(); }

  /// A segment and how many bytes of its file count. The file may be longer.
  struct Extent {
    std::uint64_t base = 0;
    std::uint64_t bytes = 0;
  };
  /// All segments, ascending. Together they are the log up to NextPosition(), all of it durable.
  std::vector<Extent> Extents() const;

  /// Reads one record back. NotFound if its segment is gone, DataLoss if it is damaged (the message
  /// names file and byte).
  absl::StatusOr<std::string> ReadBody(std::uint64_t position) const;

  /// Forgets the oldest segments that lie wholly below `below` and are past retention, and returns
  /// the paths of their files, oldest first, for the caller to remove in that order, on whatever
  /// thread. The segment that is written never goes. Files that were not removed stand in the log
  /// again after a restart.
  std::vector<std::string> ForgetOld(std::uint64_t below, const Retention& retention,
                                     Timestamp newest_arrival);

 private:
  EventLog(const Options& options, FileSystem& file_system)
      : options_(options), file_system_(file_system) {}

  /// Goes on in the last of the sound segments, and makes sure of all in it.
  absl::Status Resume(const Segments& segments, const LogEnd& end);
  absl::Status MakeSure(std::uint64_t proven);
  absl::Status StartSegment(const SegmentHeader& header, std::size_t group_bytes);
  absl::Status Reserve(std::size_t group_bytes);

  std::uint64_t Base() const { return segments_.back().base; }
  std::string PathOf(std::uint64_t base) const { return SegmentPath(options_.directory, base); }

  const Options options_;
  FileSystem& file_system_;
  std::vector<SegmentHeader> segments_;  // ascending; the last is written
  std::uint64_t size_ = 0;               // of the last segment: all of it durable
  std::uint64_t reserved_ = 0;           // room for that segment that is known to be on the disk
  bool marked_ = true;                   // an empty group or nothing stands behind the last records
  std::unique_ptr<WritableFile> file_;   // null once the last segment is abandoned
  absl::Status failed_;
};

}  // namespace iocd::eventlog
