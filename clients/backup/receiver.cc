#include "backup/receiver.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "backup/manifest.h"

namespace ioc::backup {
namespace {

absl::Status NoBackup(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("what the daemon sends is no backup that this iocctl knows: ", what));
}

}  // namespace

absl::Status Receiver::Take(const v1::BackupPart& part) {
  if (closed_) return NoBackup("something follows its end");
  switch (part.part_case()) {
    case v1::BackupPart::kOpening:
      return Open(part.opening());
    case v1::BackupPart::kFile:
      return Begin(part.file());
    case v1::BackupPart::kData:
      return Write(part.data());
    case v1::BackupPart::kFileEnd:
      return End(part.file_end());
    case v1::BackupPart::kClosing:
      return Close(part.closing());
    case v1::BackupPart::PART_NOT_SET:
      break;
  }
  return NoBackup("a part is of an unknown sort");
}

absl::Status Receiver::Open(const v1::BackupOpening& opening) {
  if (opening_) return NoBackup("it opens twice");
  opening_ = opening;
  received_.set_iocd_version(opening.iocd_version());
  received_.set_territory(opening.territory());
  for (const char* folder : {"/log", "/snapshots"}) {
    absl::Status made = file_system_.CreateDirectory(absl::StrCat(directory_, folder));
    if (!made.ok()) return made;
  }
  return absl::OkStatus();
}

absl::Status Receiver::Begin(const v1::BackupFileHead& head) {
  if (!opening_ || incoming_) return NoBackup("a file begins where none may");
  if (!IsBackupFile(head.name())) {
    return NoBackup(absl::StrCat("it holds a file named '", head.name(), "'"));
  }
  for (const v1::BackupManifest::File& file : received_.files()) {
    if (file.name() == head.name()) return NoBackup(absl::StrCat(head.name(), " comes twice"));
  }
  auto file = file_system_.OpenForAppend(absl::StrCat(directory_, "/", head.name()), 0);
  if (!file.ok()) return file.status();
  incoming_.emplace(Incoming{head, *std::move(file), {}, 0});
  return absl::OkStatus();
}

absl::Status Receiver::Write(const std::string& data) {
  if (!incoming_) return NoBackup("bytes come outside of a file");
  if (data.size() > incoming_->head.bytes() - incoming_->bytes) {
    return NoBackup(absl::StrCat(incoming_->head.name(), " is longer than was said"));
  }
  if (absl::Status written = incoming_->file->Append(data); !written.ok()) return written;
  incoming_->checksum.Add(data);
  incoming_->bytes += data.size();
  bytes_ += data.size();
  return absl::OkStatus();
}

absl::Status Receiver::End(const v1::BackupFileEnd& end) {
  if (!incoming_) return NoBackup("a file ends that did not begin");
  const v1::BackupFileHead& head = incoming_->head;
  if (incoming_->bytes != head.bytes()) {
    return NoBackup(absl::StrCat(head.name(), " is shorter than was said"));
  }
  if (incoming_->checksum.Hex() != end.xxh3_128()) {
    return absl::DataLossError(
        absl::StrCat(head.name(), " was damaged on its way: it fails the daemon's checksum"));
  }
  if (absl::Status synced = incoming_->file->SyncData(); !synced.ok()) return synced;
  v1::BackupManifest::File* file = received_.add_files();
  file->set_name(head.name());
  file->set_bytes(head.bytes());
  file->set_xxh3_128(end.xxh3_128());
  incoming_.reset();
  return absl::OkStatus();
}

absl::Status Receiver::Close(const v1::BackupClosing& closing) {
  if (!opening_ || incoming_) return NoBackup("it ends within a file");
  const auto files = static_cast<std::uint64_t>(received_.files_size());
  if (closing.files() != files || opening_->files() != files) {
    return NoBackup(absl::StrCat("it has ", files, " files instead of ", closing.files()));
  }
  received_.set_position(closing.position());
  if (closing.has_newest_arrival()) *received_.mutable_newest_arrival() = closing.newest_arrival();
  closed_ = true;
  return absl::OkStatus();
}

absl::StatusOr<v1::BackupManifest> Receiver::Finish() {
  if (!closed_) return absl::DataLossError("the backup broke off before its end");
  for (const char* folder : {"/log", "/snapshots"}) {
    absl::Status synced = file_system_.SyncDirectory(absl::StrCat(directory_, folder));
    if (!synced.ok()) return synced;
  }
  return received_;
}

}  // namespace ioc::backup
