#include "audit/audit_writer.h"

#include <algorithm>
#include <utility>

#include "audit/line.h"
#include "base/limits.h"

namespace iocd::audit {
namespace {

constexpr std::size_t kMostBreaks = 20;

// A line is far shorter: seven names and two sentences, of which each byte may become six.
constexpr std::size_t kRoomForALine = 16 * 1024;
static_assert(6 * (10 * limits::kMaxAuditNameBytes + 2 * limits::kMaxAuditSentenceBytes) <
              kRoomForALine);

/// Keeps the breaks of a walk and hands on its entries.
class Reading final : public ChainVisitor {
 public:
  explicit Reading(absl::FunctionRef<void(const Logged&)> visit) : visit_(visit) {}

  void OnLine(const Link& /*link*/, absl::string_view line) override {
    if (const auto logged = ParseEntry(line)) visit_(*logged);
  }
  void OnBreak(const Break& at) override {
    if (breaks_.size() < kMostBreaks) breaks_.push_back(at);
  }
  std::vector<Break> Take() && { return std::move(breaks_); }

 private:
  absl::FunctionRef<void(const Logged&)> visit_;
  std::vector<Break> breaks_;
};

}  // namespace

AuditWriter::AuditWriter(Options options, FileSystem& file_system)
    : options_(std::move(options)), file_system_(file_system), head_{0, NoHash()} {}

absl::StatusOr<AuditWriter::Opened> AuditWriter::Open(
    absl::FunctionRef<void(const Logged&)> visit) {
  if (absl::Status made = file_system_.CreateDirectory(options_.directory); !made.ok()) return made;
  auto files = ListAuditFiles(file_system_, options_.directory);
  if (!files.ok()) return files.status();
  const bool from_start = files->size() <= limits::kAuditFilesReadAtStart;
  if (!from_start) files->erase(files->begin(), files->end() - limits::kAuditFilesReadAtStart);
  Reading reading(visit);
  const auto summary = WalkChain(file_system_, *files, from_start, reading);
  if (!summary.ok()) return summary.status();
  opened_.breaks = std::move(reading).Take();
  head_ = summary->head;
  const absl::Status ready = files->empty() ? BeginFile(1) : GoOnBehind(files->back(), *summary);
  if (!ready.ok()) return ready;
  return opened_;
}

absl::Status AuditWriter::GoOnBehind(const AuditFile& last, const ChainSummary& summary) {
  number_ = last.number;
  bytes_ = summary.last_bytes;
  auto file = file_system_.OpenForAppend(last.path, bytes_);  // cuts
  if (!file.ok()) return file.status();
  if (absl::Status synced = (*file)->SyncData(); !synced.ok()) return synced;
  if (summary.torn_bytes > 0) {
    opened_.torn_bytes = summary.torn_bytes;
    opened_.torn_file = last.path;
  }
  if (absl::Status secured = Secure(last.path); !secured.ok()) return secured;
  if (summary.ends_broken || bytes_ >= options_.file_bytes) return BeginFile(number_ + 1);
  if (absl::Status synced = file_system_.SyncDirectory(options_.directory); !synced.ok()) {
    return synced;
  }
  file_ = *std::move(file);
  return absl::OkStatus();
}

/// The sync of the last write may have failed before the restart, and left it in the page cache
/// alone: it is written over itself and synced.
absl::Status AuditWriter::Secure(const std::string& path) {
  const std::uint64_t size = std::min<std::uint64_t>(bytes_, limits::kAuditWriteBytes);
  if (size == 0) return absl::OkStatus();
  const auto reader = file_system_.OpenForRead(path);
  if (!reader.ok()) return reader.status();
  std::string tail;
  if (absl::Status read = (*reader)->Read(bytes_ - size, size, &tail); !read.ok()) return read;
  return file_system_.Overwrite(path, bytes_ - size, tail);
}

absl::Status AuditWriter::BeginFile(std::uint64_t number) {
  number_ = number;
  bytes_ = 0;
  file_.reset();
  auto file = file_system_.OpenForAppend(AuditFilePath(options_.directory, number), 0);
  if (!file.ok()) return file.status();
  if (absl::Status synced = file_system_.SyncDirectory(options_.directory); !synced.ok()) {
    return synced;
  }
  file_ = *std::move(file);
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> AuditWriter::WriteSome(absl::Span<const Logged> entries) {
  if (bytes_ >= options_.file_bytes) {
    if (absl::Status begun = BeginFile(number_ + 1); !begun.ok()) return begun;
  }
  Head head = head_;
  std::string lines;
  std::size_t taken = 0;
  while (taken < entries.size() && lines.size() + kRoomForALine <= limits::kAuditWriteBytes) {
    AppendLine(entries[taken++], &head, &lines);
  }
  absl::Status written = file_->Append(lines);
  if (written.ok()) written = file_->SyncData();
  if (!written.ok()) {
    file_.reset();
    return written;
  }
  bytes_ += lines.size();
  head_ = head;
  return taken;
}

absl::Status AuditWriter::Reopen() {
  const std::string path = AuditFilePath(options_.directory, number_);
  if (bytes_ == 0) {
    // Nothing of it counts. Under the same number, or a disk that stays full would collect files.
    if (absl::Status removed = file_system_.Remove(path); !removed.ok()) return removed;
    return BeginFile(number_);
  }
  const auto file = file_system_.OpenForAppend(path, bytes_);  // cuts
  if (!file.ok()) return file.status();
  if (absl::Status synced = (*file)->SyncData(); !synced.ok()) return synced;
  return BeginFile(number_ + 1);
}

}  // namespace iocd::audit
