#include "snapshot/snapshot_writer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "snapshot/snapshot_directory.h"
#include "snapshot/snapshot_reader.h"

namespace iocd::snapshot {
namespace {

// The log's own syncs wait for what the file system has to write at that moment, so a snapshot must
// not let much pile up.
constexpr std::uint64_t kSyncEveryBytes = 2 * 1024 * 1024;

}  // namespace

absl::StatusOr<std::unique_ptr<SnapshotWriter>> SnapshotWriter::Create(FileSystem& file_system,
                                                                       std::string directory,
                                                                       const Head& head) {
  std::unique_ptr<SnapshotWriter> writer(
      new SnapshotWriter(file_system, std::move(directory), head));
  const std::string path = UnfinishedPath(writer->directory_);
  if (absl::Status removed = file_system.Remove(path); !removed.ok()) return removed;
  auto file = file_system.OpenForAppend(path, 0);
  if (!file.ok()) return file.status();
  writer->file_ = *std::move(file);
  const std::string bytes = EncodeHead(head);
  if (absl::Status written = writer->file_->Append(bytes); !written.ok()) return written;
  writer->bytes_ = bytes.size();
  return writer;
}

SnapshotWriter::~SnapshotWriter() {
  if (finished_) return;
  file_.reset();
  file_system_.Remove(UnfinishedPath(directory_)).IgnoreError();  // the next one tries again
}

absl::Status SnapshotWriter::Add(const Section& section) { return Write(section); }

absl::Status SnapshotWriter::Write(const Section& section) {
  const std::string header = EncodeSectionHeader(section, sections_++);
  absl::Status written = file_->Append(header);
  if (written.ok()) written = file_->Append(section.payload);
  if (!written.ok()) return written;
  bytes_ += header.size() + section.payload.size();
  unsynced_bytes_ += header.size() + section.payload.size();
  if (unsynced_bytes_ < kSyncEveryBytes) return absl::OkStatus();
  unsynced_bytes_ = 0;
  return file_->SyncData();
}

absl::StatusOr<std::uint64_t> SnapshotWriter::Finish(std::uint64_t end,
                                                     const std::function<bool()>& give_up) {
  absl::Status status = Write({kEndSection, end, {}});
  if (status.ok()) status = file_->SyncData();
  if (status.ok()) status = ReadBack(end, give_up);
  if (status.ok()) {
    status = file_system_.Rename(UnfinishedPath(directory_), SnapshotPath(directory_, head_.start));
  }
  if (!status.ok()) return status;
  finished_ = true;
  if (absl::Status synced = file_system_.SyncDirectory(directory_); !synced.ok()) return synced;
  if (absl::Status removed = RemoveOld(file_system_, directory_); !removed.ok()) return removed;
  return bytes_;
}

absl::Status SnapshotWriter::ReadBack(std::uint64_t end,
                                      const std::function<bool()>& give_up) const {
  auto file = file_system_.OpenForRead(UnfinishedPath(directory_));
  if (!file.ok()) return file.status();
  (*file)->DropCached();  // so that the bytes come from the disk
  auto reader = SnapshotReader::Open(*std::move(file));
  if (!reader.ok()) return reader.status();
  std::uint64_t sections = 1;  // the end
  while (true) {
    if (give_up && give_up()) return absl::CancelledError("given up while it was read back");
    auto section = reader->Next();
    if (!section.ok()) return section.status();
    if (!section->has_value()) break;
    ++sections;
  }
  if (reader->head().start == head_.start && reader->end() == end && sections == sections_ &&
      reader->bytes() == bytes_) {
    return absl::OkStatus();
  }
  return absl::DataLossError("a snapshot does not read back as it was written");
}

}  // namespace iocd::snapshot
