#include "eventlog/replay.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "eventlog/segment_reader.h"

namespace iocd::eventlog {
namespace {

constexpr absl::string_view kNoSoundGroup = "no sound group stands there";

class Replayer {
 public:
  Replayer(FileSystem& file_system, const std::string& directory, const ReplayFrom& from,
           Visit visit, Replayed* replayed)
      : file_system_(file_system),
        directory_(directory),
        from_(from),
        visit_(visit),
        replayed_(replayed) {}

  /// A segment whose valid length the next one's base tells.
  absl::Status ReadClosed(const Segment& segment, std::uint64_t next_base);
  absl::Status ReadLast(const Segment& segment);

  LogEnd& end() { return end_; }

 private:
  /// Visits the sound groups from the reader's place on.
  absl::Status ReadGroups(const std::string& path, std::uint64_t base, SegmentReader* reader);
  absl::Status VisitRecords(const std::string& path, std::uint64_t base, const Group& group);

  FileSystem& file_system_;
  const std::string& directory_;
  const ReplayFrom& from_;
  const Visit visit_;
  Replayed* const replayed_;
  LogEnd end_;
};

absl::Status Replayer::ReadClosed(const Segment& segment, std::uint64_t next_base) {
  const std::uint64_t base = segment.header.base;
  const std::uint64_t size = next_base - base;
  replayed_->abandoned_bytes += segment.file_bytes - size;
  // Its end is the next one's beginning, so that position belongs to the next one.
  if (next_base <= from_.position) return absl::OkStatus();
  const std::string path = SegmentPath(directory_, base);
  auto file = file_system_.OpenForRead(path);
  if (!file.ok()) return file.status();
  SegmentReader reader(**file, base, size);
  if (absl::Status read = ReadGroups(path, base, &reader); !read.ok()) return read;
  if (reader.ValidSize() == size) return absl::OkStatus();
  return DamagedLog(path, reader.ValidSize(),
                    absl::StrCat(kNoSoundGroup, ", although segment ", SegmentName(next_base),
                                 " says that all below its byte ", size, " was durable"));
}

absl::Status Replayer::ReadLast(const Segment& segment) {
  const std::uint64_t base = segment.header.base;
  const std::string path = SegmentPath(directory_, base);
  auto file = file_system_.OpenForRead(path);
  if (!file.ok()) return file.status();
  SegmentReader reader(**file, base, segment.file_bytes);
  end_.marked = true;
  end_.proven = std::max(end_.proven, base);  // it was begun when all below was durable
  if (absl::Status read = ReadGroups(path, base, &reader); !read.ok()) return read;
  end_.position = base + reader.ValidSize();
  const std::uint64_t tail = segment.file_bytes - reader.ValidSize();
  if (tail > 0) {
    // A group is written once all before it is synced. So a sound group behind the damaged place
    // proves that the damage is in what had been acknowledged.
    auto mark = reader.HighestMarkBehind();
    if (!mark.ok()) return mark.status();
    end_.proven = std::max(end_.proven, *mark);
  }
  if (end_.proven > end_.position) {
    return DamagedLog(path, reader.ValidSize(),
                      absl::StrCat(tail > 0 ? kNoSoundGroup : "the log ends there",
                                   ", although it was durable up to position ", end_.proven,
                                   ", which is byte ", end_.proven - base));
  }
  replayed_->torn_bytes = tail;
  if (tail > 0) replayed_->torn_file = path;
  return absl::OkStatus();
}

absl::Status Replayer::ReadGroups(const std::string& path, std::uint64_t base,
                                  SegmentReader* reader) {
  while (true) {
    auto group = reader->Next();
    if (!group.ok()) return group.status();
    if (!group->has_value()) break;
    end_.proven = std::max(end_.proven, (*group)->synced_through);
    end_.marked = (*group)->payload.empty();
    if ((*group)->position < from_.position) continue;
    if (absl::Status visited = VisitRecords(path, base, **group); !visited.ok()) return visited;
  }
  replayed_->bytes += reader->ValidSize();
  return absl::OkStatus();
}

absl::Status Replayer::VisitRecords(const std::string& path, std::uint64_t base,
                                    const Group& group) {
  absl::string_view rest = group.payload;
  while (!rest.empty()) {
    const std::uint64_t position = group.position + group.size() - rest.size();
    const auto record = TakeRecord(&rest);
    if (!record) return DamagedLog(path, position - base, "a record does not fit its group");
    if (record->type == RecordType::kLost) {
      replayed_->lost_bytes += record->size();
      continue;
    }
    if (absl::Status status = visit_(*record, position); !status.ok()) {
      if (!absl::IsDataLoss(status)) return status;
      return DamagedLog(path, position - base, status.message());
    }
    ++replayed_->records;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LogEnd> Replay(FileSystem& file_system, const std::string& directory,
                              const Segments& segments, const ReplayFrom& from, Visit visit,
                              Replayed* replayed) {
  Replayer replayer(file_system, directory, from, visit, replayed);
  LogEnd& end = replayer.end();
  end.proven = std::max({from.position, from.synced_through, segments.half_made.value_or(0)});
  if (segments.sound.empty()) {
    if (end.proven == 0) return end;
    return DamagedLog(
        directory, 0,
        absl::StrCat("no segment is left of a log that was durable up to position ", end.proven));
  }
  for (std::size_t i = 0; i + 1 < segments.sound.size(); ++i) {
    absl::Status read = replayer.ReadClosed(segments.sound[i], segments.sound[i + 1].header.base);
    if (!read.ok()) return read;
  }
  absl::Status read = replayer.ReadLast(segments.sound.back());
  if (!read.ok()) return read;
  return end;
}

}  // namespace iocd::eventlog
