#include "eventlog/log_walk.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "eventlog/batch_record.h"
#include "eventlog/define_record.h"
#include "eventlog/segment_reader.h"
#include "eventlog/segments.h"

namespace iocd::eventlog {
namespace {

bool IsReadable(const RawRecord& record) {
  switch (record.type) {
    case RecordType::kDefine:
      return ParseDefineRecord(record.body).ok();
    case RecordType::kBatch: {
      const auto batch = BatchRecord::Parse(record.body);
      return batch.ok() && batch->ForEachEvent([](const domain::Event&) {}) &&
             batch->Refusals().ok();
    }
    case RecordType::kLost:
      return true;
  }
  return false;
}

bool IsReadable(const Group& group) {
  absl::string_view rest = group.payload;
  while (!rest.empty()) {
    const auto record = TakeRecord(&rest);
    if (!record || !IsReadable(*record)) return false;
  }
  return true;
}

class Walker {
 public:
  Walker(LogVisitor& visitor, std::uint64_t proven) : visitor_(visitor), proven_(proven) {}

  /// `is_last`: where it ends is not said by the base of a next one.
  absl::Status Walk(const SegmentFile& segment, const RandomAccessFile* file, bool is_last);

  WalkedLog& log() { return log_; }

 private:
  absl::Status WalkGroups(const SegmentFile& segment, SegmentReader* reader);
  absl::Status VisitGroup(const SegmentFile& segment, const Group& group);
  /// Keeps it until it is known what stands behind it.
  void Find(const SegmentFile& segment, Damage::Kind kind, std::uint64_t begin, std::uint64_t end);
  /// Tells what was kept. `behind_end` is where the sound group behind it ends, if there is one.
  absl::Status Tell(std::optional<std::uint64_t> behind_end);

  LogVisitor& visitor_;
  std::uint64_t proven_;
  std::optional<std::uint64_t> before_begin_;  // of the last sound group in this segment
  std::vector<Damage> kept_;                   // stretches between which nothing sound stands
  WalkedLog log_;
};

absl::Status Walker::Walk(const SegmentFile& segment, const RandomAccessFile* file, bool is_last) {
  before_begin_.reset();
  if (is_last) proven_ = std::max(proven_, segment.base);
  if (absl::Status visited = visitor_.OnSegment(segment); !visited.ok()) return visited;
  const std::uint64_t groups_begin = segment.base + kSegmentHeaderBytes;
  if (!segment.header) Find(segment, Damage::Kind::kHeader, segment.base, groups_begin);
  const std::uint64_t counts = segment.end - std::min(segment.end, segment.base);
  const std::uint64_t size = is_last ? segment.file_bytes : std::min(segment.file_bytes, counts);
  std::uint64_t valid_end = groups_begin;
  if (file != nullptr && size > kSegmentHeaderBytes) {
    SegmentReader reader(*file, segment.base, size);
    if (absl::Status walked = WalkGroups(segment, &reader); !walked.ok()) return walked;
    valid_end = segment.base + reader.ValidSize();
  }
  log_.end = valid_end;
  const std::uint64_t must_reach = is_last ? proven_ : segment.end;
  if (valid_end < must_reach) {
    Find(segment, Damage::Kind::kNoGroup, valid_end, must_reach);
    kept_.back().at_the_end = is_last;
  }
  if (is_last) {
    const std::uint64_t sure = std::max(valid_end, must_reach);
    log_.torn_bytes = segment.base + segment.file_bytes - std::min(sure, segment.base + size);
    if (log_.torn_bytes > 0) log_.torn_file = segment.path;
  }
  return Tell(std::nullopt);
}

absl::Status Walker::WalkGroups(const SegmentFile& segment, SegmentReader* reader) {
  while (true) {
    const std::uint64_t begin = segment.base + reader->ValidSize();
    auto group = reader->Next();
    if (!group.ok()) return group.status();
    if (group->has_value()) {
      if (absl::Status visited = VisitGroup(segment, **group); !visited.ok()) return visited;
      continue;
    }
    auto sound_behind = reader->SkipDamage();
    if (!sound_behind.ok()) return sound_behind.status();
    if (!*sound_behind) return absl::OkStatus();  // the rest of the segment: the caller's matter
    Find(segment, Damage::Kind::kNoGroup, begin, segment.base + reader->ValidSize());
  }
}

absl::Status Walker::VisitGroup(const SegmentFile& segment, const Group& group) {
  proven_ = std::max(proven_, group.synced_through);
  if (!IsReadable(group)) {
    Find(segment, Damage::Kind::kUnreadable, group.position, group.position + group.size());
    return absl::OkStatus();
  }
  absl::Status status = Tell(group.position + group.size());
  if (status.ok()) status = visitor_.OnGroup(group);
  before_begin_ = group.position;
  absl::string_view rest = group.payload;
  while (status.ok() && !rest.empty()) {
    const std::uint64_t position = group.position + group.size() - rest.size();
    status = visitor_.OnRecord(*TakeRecord(&rest), position);
  }
  return status;
}

void Walker::Find(const SegmentFile& segment, Damage::Kind kind, std::uint64_t begin,
                  std::uint64_t end) {
  const std::uint64_t file_end = segment.base + segment.file_bytes;
  kept_.push_back({.kind = kind,
                   .path = segment.path,
                   .base = segment.base,
                   .begin = begin,
                   .end = end,
                   .missing_bytes = end - std::clamp(file_end, begin, end),
                   .before_begin = before_begin_});
}

absl::Status Walker::Tell(std::optional<std::uint64_t> behind_end) {
  for (Damage& damage : std::exchange(kept_, {})) {
    damage.behind_end = behind_end;
    if (absl::Status told = visitor_.OnDamage(damage); !told.ok()) return told;
  }
  return absl::OkStatus();
}

/// Its size and header; nullopt: it has gone.
absl::StatusOr<std::optional<SegmentFile>> Look(FileSystem& file_system, const std::string& path,
                                                std::uint64_t base) {
  auto file = file_system.OpenForRead(path);
  if (absl::IsNotFound(file.status())) return std::nullopt;
  if (!file.ok()) return file.status();
  auto size = (*file)->Size();
  if (!size.ok()) return size.status();
  auto header = ReadSegmentHeader(**file, path);
  if (!header.ok()) return header.status();
  if (header->has_value() && (*header)->base != base) header->reset();
  return SegmentFile{.path = path, .base = base, .file_bytes = *size, .header = *header};
}

/// What must be there and is not: a first segment whose groups begin where the log is needed from.
void AddMissingFront(const std::string& directory, const ReplayFrom& known,
                     SegmentFiles* segments) {
  const std::uint64_t proven =
      std::max({known.position, known.synced_through, segments->half_made.value_or(0)});
  const bool is_missing =
      segments->files.empty() ? proven > 0 : segments->files.front().base > known.position;
  if (!is_missing) return;
  const std::uint64_t base =
      known.position - std::min<std::uint64_t>(known.position, kSegmentHeaderBytes);
  segments->files.insert(
      segments->files.begin(),
      SegmentFile{.path = SegmentPath(directory, base), .base = base, .exists = false});
}

}  // namespace

absl::StatusOr<SegmentFiles> ListSegmentFiles(FileSystem& file_system, const std::string& directory,
                                              const ReplayFrom& known) {
  auto names = file_system.List(directory);
  if (!names.ok()) return names.status();
  SegmentFiles segments;
  for (const std::string& name : *names) {
    const auto base = ParseSegmentName(name);
    if (!base) continue;
    auto file = Look(file_system, SegmentPath(directory, *base), *base);
    if (!file.ok()) return file.status();
    if (file->has_value()) segments.files.push_back(**std::move(file));
  }
  if (!segments.files.empty() && !segments.files.back().header &&
      segments.files.back().file_bytes <= kSegmentHeaderBytes) {
    segments.half_made = segments.files.back().base;
    segments.files.pop_back();
  }
  AddMissingFront(directory, known, &segments);
  for (std::size_t i = 0; i < segments.files.size(); ++i) {
    SegmentFile& file = segments.files[i];
    segments.bytes += file.file_bytes;
    file.end =
        i + 1 < segments.files.size() ? segments.files[i + 1].base : file.base + file.file_bytes;
  }
  return segments;
}

absl::StatusOr<WalkedLog> WalkLog(FileSystem& file_system, const SegmentFiles& segments,
                                  const ReplayFrom& known, std::uint64_t from,
                                  LogVisitor& visitor) {
  Walker walker(visitor,
                std::max({known.position, known.synced_through, segments.half_made.value_or(0)}));
  for (std::size_t i = 0; i < segments.files.size(); ++i) {
    const SegmentFile& segment = segments.files[i];
    const bool is_last = i + 1 == segments.files.size();
    if (!is_last && segment.end <= from) continue;
    std::unique_ptr<RandomAccessFile> file;
    if (segment.exists) {
      auto opened = file_system.OpenForRead(segment.path);
      if (absl::IsNotFound(opened.status())) continue;
      if (!opened.ok()) return opened.status();
      file = *std::move(opened);
    }
    absl::Status walked = walker.Walk(segment, file.get(), is_last);
    if (!walked.ok()) return walked;
  }
  return std::move(walker.log());
}

}  // namespace iocd::eventlog
