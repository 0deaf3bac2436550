#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "eventlog/record.h"

namespace iocd::eventlog {

/// The append-only log of everything that was accepted: the truth from which all state is rebuilt.
/// A directory of segments (group_format.h). One thread at a time.
class EventLog {
 public:
  struct Options {
    std::string directory;
    std::uint64_t segment_bytes;  // a new segment begins once one has reached this size
  };

  /// What replay found.
  struct Replayed {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    std::uint64_t torn_bytes = 0;  // cut from the tail of the last segment; never acknowledged
    std::string torn_file;
  };

  /// Called for each record in log order with its position. An error stops the replay; DataLoss
  /// says that this record is damaged.
  using Visit = absl::FunctionRef<absl::Status(const RawRecord&, std::uint64_t position)>;

  /// Replays the log in `options.directory` (created if missing) and opens it for appending. Cuts a
  /// torn tail and syncs what stays, so that a repeat may be answered from it.
  /// Errors: DataLoss if a place is damaged below which data had been synced (the message names
  /// file and offset), and what the file system or `visit` returned.
  static absl::StatusOr<std::unique_ptr<EventLog>> Open(const Options& options,
                                                        FileSystem& file_system, Visit visit,
                                                        Replayed* replayed);

  /// Makes a group durable: returns OK once it is written and synced. `group` starts with
  /// kGroupHeaderBytes of room, which this fills in; records follow. Their positions are
  /// NextPosition() + their offset in `group`, taken before the call.
  /// After an error the log takes nothing more: every further call returns the same error.
  absl::Status Append(std::string* group);

  /// Where the next group's header will stand.
  std::uint64_t NextPosition() const { return base_ + size_; }
  /// Bytes in all segments.
  std::uint64_t Bytes() const { return NextPosition() - first_base_; }

  /// Reads one record back. NotFound if its segment is gone, DataLoss if no record stands there.
  absl::StatusOr<std::string> ReadBody(std::uint64_t position) const;

  /// Begins a new segment if the present one is full. Call before NextPosition() of a group.
  absl::Status RollIfFull();

 private:
  EventLog(const Options& options, FileSystem& file_system)
      : options_(options), file_system_(file_system) {}

  absl::Status Replay(Visit visit, Replayed* replayed);
  absl::Status ReplaySegment(std::uint64_t base, bool last, Visit visit, Replayed* replayed);
  absl::Status StartSegment(std::uint64_t base);
  std::string PathOf(std::uint64_t base) const;

  const Options options_;
  FileSystem& file_system_;
  std::vector<std::uint64_t> bases_;  // of all segments, ascending
  std::uint64_t first_base_ = 0;
  std::uint64_t base_ = 0;  // of the segment that is written
  std::uint64_t size_ = 0;  // of that segment: all of it durable
  std::unique_ptr<WritableFile> file_;
  absl::Status failed_;
};

}  // namespace iocd::eventlog
