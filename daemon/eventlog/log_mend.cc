#include "eventlog/log_mend.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "eventlog/filler.h"

namespace iocd::eventlog {
namespace {

constexpr std::size_t kBytesAtOnce = 8 * 1024 * 1024;

/// The stretch itself, or as much around it as can be filled.
absl::StatusOr<GivenUp> MakeFillable(const Damage& damage) {
  GivenUp stretch{damage.begin, damage.end, damage.size()};
  if (CanFill(damage.size())) return stretch;
  if (damage.at_the_end) {  // there is nothing behind that could be hurt
    while (!CanFill(stretch.damaged_bytes)) ++stretch.damaged_bytes;
    stretch.end = stretch.begin + stretch.damaged_bytes;
    return stretch;
  }
  const std::uint64_t begin = damage.before_begin.value_or(damage.begin);
  const std::uint64_t end = damage.behind_end.value_or(damage.end);
  const std::pair<std::uint64_t, std::uint64_t> wider[] = {
      {damage.begin, end}, {begin, damage.end}, {begin, end}};
  for (const auto& [from, to] : wider) {
    if (CanFill(to - from)) return GivenUp{from, to, damage.size()};
  }
  return absl::FailedPreconditionError(
      absl::StrCat(damage.path, " at byte ", damage.offset(), ": ", damage.size(),
                   " damaged bytes cannot be filled, and no sound group stands next to them. "
                   "Restore a backup with 'iocctl restore'."));
}

/// Stretches that have come to overlap become one.
void Add(const GivenUp& stretch, std::vector<GivenUp>* given_up) {
  if (given_up->empty() || given_up->back().end <= stretch.begin) {
    given_up->push_back(stretch);
    return;
  }
  GivenUp& last = given_up->back();
  last.begin = std::min(last.begin, stretch.begin);
  last.end = std::max(last.end, stretch.end);
  last.damaged_bytes += stretch.damaged_bytes;
}

/// What the header of each segment should tell, as far as it can still be known.
Timestamp ArrivalBefore(const LogSurvey& survey, std::uint64_t base) {
  Timestamp newest;
  for (const SegmentSurvey& segment : survey.segments) {
    if (segment.file.base >= base) break;
    if (segment.file.header) newest = segment.file.header->newest_arrival;
    newest = segment.last_arrival.value_or(newest);
  }
  return newest;
}

/// Writes one file under a provisional name, and gives it its own once it is whole and durable.
class NewFile {
 public:
  NewFile(FileSystem& file_system, const std::string& directory, const std::string& path)
      : file_system_(file_system), directory_(directory), unfinished_(path + ".unfinished") {}

  absl::Status Open() {
    if (absl::Status removed = file_system_.Remove(unfinished_); !removed.ok()) return removed;
    auto file = file_system_.OpenForAppend(unfinished_, 0);
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    return absl::OkStatus();
  }
  absl::Status Append(absl::string_view bytes) { return file_->Append(bytes); }
  absl::Status Copy(const RandomAccessFile& from, std::uint64_t begin, std::uint64_t end);
  absl::Status Fill(const GivenUp& stretch);
  absl::Status Finish(const std::string& path) {
    absl::Status status = file_->SyncData();
    if (status.ok()) status = file_system_.Rename(unfinished_, path);
    if (status.ok()) status = file_system_.SyncDirectory(directory_);
    return status;
  }
  /// After a failure: gives back its room. What cannot be removed, the next try removes.
  void Abandon() {
    file_.reset();
    file_system_.Remove(unfinished_).IgnoreError();
  }

 private:
  FileSystem& file_system_;
  const std::string& directory_;
  const std::string unfinished_;
  std::unique_ptr<WritableFile> file_;
};

absl::Status NewFile::Copy(const RandomAccessFile& from, std::uint64_t begin, std::uint64_t end) {
  std::string bytes;
  while (begin < end) {
    const std::size_t size = std::min<std::uint64_t>(kBytesAtOnce, end - begin);
    absl::Status status = from.Read(begin, size, &bytes);
    if (status.ok() && bytes.size() < size) {
      status = absl::UnavailableError("a file of the event log became shorter while it was read");
    }
    if (status.ok()) status = file_->Append(bytes);
    if (!status.ok()) return status;
    begin += size;
  }
  return absl::OkStatus();
}

absl::Status NewFile::Fill(const GivenUp& stretch) {
  for (std::uint64_t at = stretch.begin; at < stretch.end;) {
    std::uint64_t size = stretch.end - at;
    // What is left for the next piece must be enough for one.
    if (size >= 2 * kBytesAtOnce) size = kBytesAtOnce;
    if (absl::Status filled = file_->Append(*FillerGroups(at, size)); !filled.ok()) return filled;
    at += size;
  }
  return absl::OkStatus();
}

class Mender {
 public:
  Mender(FileSystem& file_system, const std::string& directory)
      : file_system_(file_system), directory_(directory) {}

  absl::StatusOr<MendedFile> Mend(const FileMend& mend);

 private:
  absl::StatusOr<std::string> FreeNameForCopy(const std::string& path);
  absl::Status KeepCopy(const RandomAccessFile& file, const SegmentFile& segment,
                        const std::string& copy);
  absl::Status Write(const FileMend& mend, const RandomAccessFile* old);

  FileSystem& file_system_;
  const std::string& directory_;
};

absl::StatusOr<MendedFile> Mender::Mend(const FileMend& mend) {
  const std::string& path = mend.file.path;
  auto old = file_system_.OpenForRead(path);
  if (absl::IsNotFound(old.status())) {
    if (absl::Status written = Write(mend, nullptr); !written.ok()) return written;
    return MendedFile{path, ""};
  }
  if (!old.ok()) return old.status();
  auto copy = FreeNameForCopy(path);
  if (!copy.ok()) return copy.status();
  absl::Status status = KeepCopy(**old, mend.file, *copy);
  if (status.ok()) status = Write(mend, old->get());
  if (!status.ok()) return status;
  return MendedFile{path, *std::move(copy)};
}

absl::StatusOr<std::string> Mender::FreeNameForCopy(const std::string& path) {
  auto names = file_system_.List(directory_);
  if (!names.ok()) return names.status();
  std::string copy = absl::StrCat(path, ".damaged");
  const auto is_taken = [&](const std::string& name) {
    return absl::StrCat(directory_, "/", name) == copy;
  };
  for (int n = 2; std::any_of(names->begin(), names->end(), is_taken); ++n) {
    copy = absl::StrCat(path, ".damaged.", n);
  }
  return copy;
}

absl::Status Mender::KeepCopy(const RandomAccessFile& file, const SegmentFile& segment,
                              const std::string& copy) {
  NewFile written(file_system_, directory_, segment.path);
  auto size = file.Size();
  if (!size.ok()) return size.status();
  absl::Status status = written.Open();
  if (status.ok()) status = written.Copy(file, 0, *size);
  if (status.ok()) status = written.Finish(copy);
  if (!status.ok()) written.Abandon();
  return status;
}

absl::Status Mender::Write(const FileMend& mend, const RandomAccessFile* old) {
  NewFile written(file_system_, directory_, mend.file.path);
  const std::uint64_t base = mend.file.base;
  absl::Status status = written.Open();
  if (status.ok()) {
    status = mend.header ? written.Append(EncodeSegmentHeader(*mend.header))
                         : written.Copy(*old, 0, kSegmentHeaderBytes);
  }
  std::uint64_t at = base + kSegmentHeaderBytes;
  for (const GivenUp& stretch : mend.given_up) {
    if (status.ok() && stretch.begin > at) {
      status = written.Copy(*old, at - base, stretch.begin - base);
    }
    if (status.ok()) status = written.Fill(stretch);
    at = stretch.end;
  }
  if (status.ok() && at < base + mend.file.file_bytes) {
    status = written.Copy(*old, at - base, mend.file.file_bytes);
  }
  if (status.ok()) status = written.Finish(mend.file.path);
  if (!status.ok()) written.Abandon();
  return status;
}

}  // namespace

bool MendPlan::GivesUp(std::uint64_t position) const {
  for (const FileMend& mend : files) {
    for (const GivenUp& stretch : mend.given_up) {
      if (position >= stretch.begin && position < stretch.end) return true;
    }
  }
  return false;
}

absl::StatusOr<MendPlan> PlanMend(const LogSurvey& survey) {
  MendPlan plan;
  const std::vector<SegmentFile>& files = survey.files.files;
  if (!files.empty() && !files.front().exists && survey.known.position == 0) {
    return absl::FailedPreconditionError(
        "the beginning of the event log is gone and no snapshot stands for it, so nobody knows "
        "what the rest means. Restore a backup with 'iocctl restore'.");
  }
  for (const SurveyedDamage& surveyed : survey.damages) {
    const Damage& damage = surveyed.damage;
    if (plan.files.empty() || plan.files.back().file.base != damage.base) {
      const auto file = std::find_if(files.begin(), files.end(), [&](const SegmentFile& one) {
        return one.base == damage.base;
      });
      plan.files.push_back({.file = *file});
    }
    FileMend& mend = plan.files.back();
    if (damage.kind == Damage::Kind::kHeader) {
      mend.header = SegmentHeader{damage.base, ArrivalBefore(survey, damage.base)};
      continue;
    }
    auto stretch = MakeFillable(damage);
    if (!stretch.ok()) return stretch.status();
    Add(*stretch, &mend.given_up);
  }
  return plan;
}

absl::Status Mend(FileSystem& file_system, const std::string& directory, const MendPlan& plan,
                  std::vector<MendedFile>* mended) {
  Mender mender(file_system, directory);
  for (const FileMend& mend : plan.files) {
    auto file = mender.Mend(mend);
    if (!file.ok()) return file.status();
    mended->push_back(*std::move(file));
  }
  return absl::OkStatus();
}

}  // namespace iocd::eventlog
