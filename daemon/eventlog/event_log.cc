#include "eventlog/event_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "eventlog/group_format.h"
#include "eventlog/segment_reader.h"

namespace iocd::eventlog {
namespace {

absl::Status Damaged(const std::string& path, std::uint64_t offset, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("the event log is damaged: ", path, " at byte ", offset, ": ", what,
                   ". Nothing was changed. Restore the data directory from a backup, or move it "
                   "away to start with an empty one."));
}

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> EventLog::Open(const Options& options,
                                                         FileSystem& file_system, Visit visit,
                                                         Replayed* replayed) {
  if (absl::Status made = file_system.CreateDirectory(options.directory); !made.ok()) return made;
  std::unique_ptr<EventLog> log(new EventLog(options, file_system));
  if (absl::Status status = log->Replay(visit, replayed); !status.ok()) return status;
  return log;
}

absl::Status EventLog::Replay(Visit visit, Replayed* replayed) {
  absl::StatusOr<std::vector<std::string>> names = file_system_.List(options_.directory);
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    if (const auto base = ParseSegmentName(name)) bases_.push_back(*base);
  }
  if (bases_.empty()) return StartSegment(0);
  first_base_ = bases_.front();
  for (std::size_t i = 0; i < bases_.size(); ++i) {
    if (i > 0 && bases_[i] != NextPosition()) {
      return Damaged(PathOf(bases_[i]), 0,
                     absl::StrCat("the segment before it ends at position ", NextPosition()));
    }
    const bool last = i + 1 == bases_.size();
    if (absl::Status status = ReplaySegment(bases_[i], last, visit, replayed); !status.ok()) {
      return status;
    }
  }
  if (size_ < kSegmentHeaderBytes) {  // the machine stopped while this segment was being created
    bases_.pop_back();
    return StartSegment(base_);
  }
  auto file = file_system_.OpenForAppend(PathOf(base_), size_);
  if (!file.ok()) return file.status();
  file_ = *std::move(file);
  return file_->SyncData();
}

absl::Status EventLog::ReplaySegment(std::uint64_t base, bool last, Visit visit,
                                     Replayed* replayed) {
  base_ = base;
  size_ = 0;
  const std::string path = PathOf(base);
  auto file = file_system_.OpenForRead(path);
  if (!file.ok()) return file.status();
  auto reader = SegmentReader::Open(**file, base);
  if (!reader.ok()) return reader.status();
  if (!reader->HeaderIsSound() && (!last || reader->FileSize() > kSegmentHeaderBytes)) {
    return Damaged(path, 0, "this is no segment of a log that this version can read");
  }
  while (reader->HeaderIsSound()) {
    auto group = reader->Next();
    if (!group.ok()) return group.status();
    if (!group->has_value()) break;
    absl::string_view rest = (*group)->payload;
    while (!rest.empty()) {
      const std::uint64_t position = (*group)->position + (*group)->size() - rest.size();
      const auto record = TakeRecord(&rest);
      if (!record) return Damaged(path, position - base, "a record does not fit its group");
      if (absl::Status status = visit(*record, position); !status.ok()) {
        if (!absl::IsDataLoss(status)) return status;
        return Damaged(path, position - base, status.message());
      }
      ++replayed->records;
    }
  }
  size_ = reader->ValidSize();
  replayed->bytes += size_;
  const std::uint64_t tail = reader->FileSize() - size_;
  if (tail == 0) return absl::OkStatus();
  // A group is only written once all before it is synced. So a sound group behind the damaged place
  // proves that the damage is in data that had been acknowledged.
  auto sound_behind = reader->FindGroupBehind(size_);
  if (!sound_behind.ok()) return sound_behind.status();
  if (!last || *sound_behind) {
    return Damaged(path, size_,
                   "a group fails its checksum, and acknowledged data stand behind it");
  }
  replayed->torn_bytes = tail;
  replayed->torn_file = path;
  return absl::OkStatus();
}

absl::Status EventLog::StartSegment(std::uint64_t base) {
  auto file = file_system_.OpenForAppend(PathOf(base), 0);
  if (!file.ok()) return file.status();
  if (absl::Status status = (*file)->Append(EncodeSegmentHeader(base)); !status.ok()) return status;
  if (absl::Status status = (*file)->SyncData(); !status.ok()) return status;
  if (absl::Status status = file_system_.SyncDirectory(options_.directory); !status.ok()) {
    return status;
  }
  if (bases_.empty()) first_base_ = base;
  bases_.push_back(base);
  base_ = base;
  size_ = kSegmentHeaderBytes;
  file_ = *std::move(file);
  return absl::OkStatus();
}

absl::Status EventLog::RollIfFull() {
  if (!failed_.ok()) return failed_;
  if (size_ < options_.segment_bytes) return absl::OkStatus();
  failed_ = StartSegment(NextPosition());
  return failed_;
}

absl::Status EventLog::Append(std::string* group) {
  if (!failed_.ok()) return failed_;
  SealGroup(group, NextPosition(), NextPosition());
  failed_ = file_->Append(*group);
  if (failed_.ok()) failed_ = file_->SyncData();
  if (failed_.ok()) size_ += group->size();
  return failed_;
}

absl::StatusOr<std::string> EventLog::ReadBody(std::uint64_t position) const {
  const auto behind = std::upper_bound(bases_.begin(), bases_.end(), position);
  if (behind == bases_.begin()) return absl::NotFoundError("the segment is gone");
  const std::uint64_t base = *(behind - 1);
  auto file = file_system_.OpenForRead(PathOf(base));
  if (!file.ok()) return file.status();
  std::string bytes;
  absl::Status read = (*file)->Read(position - base, kRecordFrameBytes, &bytes);
  if (!read.ok()) return read;
  const std::optional<std::uint32_t> length = RecordBodyLength(bytes);
  if (!length || *length > kMaxGroupPayloadBytes) {
    return absl::DataLossError(absl::StrCat("no record stands at position ", position));
  }
  read = (*file)->Read(position - base + kRecordFrameBytes, *length, &bytes);
  if (!read.ok()) return read;
  if (bytes.size() != *length) {
    return absl::DataLossError(absl::StrCat("the record at position ", position, " is cut off"));
  }
  return bytes;
}

std::string EventLog::PathOf(std::uint64_t base) const {
  return absl::StrCat(options_.directory, "/", SegmentName(base));
}

}  // namespace iocd::eventlog
