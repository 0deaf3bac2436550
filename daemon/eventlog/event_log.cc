#include "eventlog/event_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "eventlog/group_format.h"
#include "eventlog/record_reader.h"

namespace iocd::eventlog {

absl::StatusOr<std::unique_ptr<EventLog>> EventLog::Open(const Options& options,
                                                         FileSystem& file_system, From from,
                                                         Visit visit, Replayed* replayed) {
  if (absl::Status made = file_system.CreateDirectory(options.directory); !made.ok()) return made;
  auto segments = ListSegments(file_system, options.directory);
  if (!segments.ok()) return segments.status();
  if (!segments->sound.empty() && segments->sound.front().header.base > from.position) {
    return absl::NotFoundError(
        absl::StrCat("the event log ", options.directory, " begins at position ",
                     segments->sound.front().header.base, ", but is needed from position ",
                     from.position, " on. The log was not changed."));
  }
  auto end = Replay(file_system, options.directory, *segments, from, visit, replayed);
  if (!end.ok()) return end.status();
  std::unique_ptr<EventLog> log(new EventLog(options, file_system));
  absl::Status ready =
      segments->sound.empty() ? log->StartSegment({}, 0) : log->Resume(*segments, *end);
  if (!ready.ok()) return ready;
  return log;
}

absl::Status EventLog::Resume(const Segments& segments, const LogEnd& end) {
  for (const Segment& segment : segments.sound) segments_.push_back(segment.header);
  size_ = end.position - Base();
  marked_ = end.marked;
  if (segments.half_made) {
    absl::Status removed = file_system_.Remove(PathOf(*segments.half_made));
    if (!removed.ok()) return removed;
  }
  auto file = file_system_.OpenForAppend(PathOf(Base()), size_);
  if (!file.ok()) return file.status();
  file_ = *std::move(file);
  if (absl::Status sure = MakeSure(std::max(end.proven, Base())); !sure.ok()) return sure;
  if (absl::Status synced = file_->SyncData(); !synced.ok()) return synced;
  // Whoever created or removed files here last may have stopped before it could sync them.
  return file_system_.SyncDirectory(options_.directory);
}

// A sync that failed before the restart may have left pages in the cache that read well, count as
// clean and are not on the disk. To sync them again proves nothing: they have to be written again.
absl::Status EventLog::MakeSure(std::uint64_t proven) {
  if (proven == NextPosition()) return absl::OkStatus();
  auto file = file_system_.OpenForRead(PathOf(Base()));
  if (!file.ok()) return file.status();
  std::string bytes;
  absl::Status read = (*file)->Read(proven - Base(), NextPosition() - proven, &bytes);
  if (!read.ok()) return read;
  return file_system_.Overwrite(PathOf(Base()), proven - Base(), bytes);
}

absl::Status EventLog::StartSegment(const SegmentHeader& header, std::size_t group_bytes) {
  const std::string path = PathOf(header.base);
  // What an earlier try may have left is in doubt as a whole, so this is another file.
  if (absl::Status removed = file_system_.Remove(path); !removed.ok()) return removed;
  auto file = file_system_.OpenForAppend(path, 0);
  if (!file.ok()) return file.status();
  // No more than is needed: a disk that fails again and again must not fill up with reservations.
  const std::uint64_t room = kSegmentHeaderBytes + group_bytes;
  absl::Status status = (*file)->Reserve(room);
  if (status.ok()) status = (*file)->Append(EncodeSegmentHeader(header));
  if (status.ok()) status = (*file)->SyncData();
  if (status.ok()) status = file_system_.SyncDirectory(options_.directory);
  if (!status.ok()) return status;
  segments_.push_back(header);
  size_ = kSegmentHeaderBytes;
  reserved_ = room;
  marked_ = true;
  file_ = *std::move(file);
  return absl::OkStatus();
}

absl::Status EventLog::Prepare(std::size_t group_bytes, Timestamp newest_arrival) {
  const bool begin = file_ == nullptr || size_ >= options_.segment_bytes;
  failed_ =
      begin ? StartSegment({NextPosition(), newest_arrival}, group_bytes) : Reserve(group_bytes);
  return failed_;
}

absl::Status EventLog::Reserve(std::size_t group_bytes) {
  const std::uint64_t needed = size_ + group_bytes;
  if (needed <= reserved_) return absl::OkStatus();
  std::uint64_t wanted =
      std::max(needed, std::min(size_ + options_.reserve_bytes, options_.segment_bytes));
  absl::Status reserved = file_->Reserve(wanted);
  if (absl::IsResourceExhausted(reserved) && wanted > needed) {
    wanted = needed;
    reserved = file_->Reserve(wanted);
  }
  if (reserved.ok()) reserved_ = wanted;
  return reserved;
}

absl::Status EventLog::Append(std::string* group) {
  if (!failed_.ok()) return failed_;
  SealGroup(group, NextPosition(), NextPosition());
  failed_ = file_->Append(*group);
  if (failed_.ok()) failed_ = file_->SyncData();
  if (failed_.ok()) {
    size_ += group->size();
    marked_ = group->size() == kGroupHeaderBytes;
  } else {
    file_ = nullptr;
  }
  return failed_;
}

absl::Status EventLog::AppendMark() {
  if (!failed_.ok() || marked_) return failed_;
  std::string mark(kGroupHeaderBytes, '\0');
  return Append(&mark);
}

absl::StatusOr<std::string> EventLog::ReadBody(std::uint64_t position) const {
  const auto behind = std::upper_bound(
      segments_.begin(), segments_.end(), position,
      [](std::uint64_t at, const SegmentHeader& segment) { return at < segment.base; });
  if (behind == segments_.begin()) return absl::NotFoundError("the segment is gone");
  const std::uint64_t base = (behind - 1)->base;
  auto file = file_system_.OpenForRead(PathOf(base));
  if (!file.ok()) return file.status();
  auto body = ReadRecordBody(**file, base, position - base);
  if (!absl::IsDataLoss(body.status())) return body;
  return absl::DataLossError(
      absl::StrCat(PathOf(base), " at byte ", position - base, ": ", body.status().message()));
}

std::vector<EventLog::Extent> EventLog::Extents() const {
  std::vector<Extent> extents;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const bool last = i + 1 == segments_.size();
    const std::uint64_t end = last ? NextPosition() : segments_[i + 1].base;
    extents.push_back({segments_[i].base, end - segments_[i].base});
  }
  return extents;
}

std::vector<std::string> EventLog::ForgetOld(std::uint64_t below, const Retention& retention,
                                             Timestamp newest_arrival) {
  std::vector<std::string> forgotten;
  while (segments_.size() > 1) {
    const SegmentHeader& next = segments_[1];
    const bool past =
        newest_arrival - next.newest_arrival > retention.age || Bytes() > retention.bytes;
    if (next.base > below || !past) break;
    forgotten.push_back(PathOf(segments_.front().base));
    segments_.erase(segments_.begin());
  }
  return forgotten;
}

}  // namespace iocd::eventlog
