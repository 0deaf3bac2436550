#include "ingest/send_backup.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/checksum.h"
#include "base/limits.h"
#include "wire/proto_time.h"

namespace iocd::ingest {
namespace {

using ioc::v1::BackupPart;

absl::Status SendFile(const engine::BackupFile& file, WritePart write) {
  BackupPart part;
  part.mutable_file()->set_name(file.name);
  part.mutable_file()->set_bytes(file.bytes);
  absl::Status status = write(part);
  Checksum checksum;
  for (std::uint64_t offset = 0; status.ok() && offset < file.bytes;) {
    const std::size_t wanted =
        std::min<std::uint64_t>(limits::kBackupPartBytes, file.bytes - offset);
    std::string* data = part.mutable_data();
    if (absl::Status read = file.file->Read(offset, wanted, data); !read.ok()) {
      return absl::UnavailableError(absl::StrCat("the backup ends here: ", read.message()));
    }
    if (data->size() < wanted) {
      return absl::UnavailableError(absl::StrCat(
          "the backup ends here: ", file.name, " became shorter than its ", file.bytes, " bytes"));
    }
    checksum.Add(*data);
    offset += wanted;
    status = write(part);
  }
  if (!status.ok()) return status;
  part.mutable_file_end()->set_xxh3_128(checksum.Hex());
  return write(part);
}

}  // namespace

absl::Status SendBackup(const engine::BackupFiles& backup, const BackupSender& sender,
                        WritePart write) {
  BackupPart part;
  ioc::v1::BackupOpening* opening = part.mutable_opening();
  opening->set_iocd_version(sender.iocd_version);
  opening->set_territory(sender.territory);
  opening->set_files(backup.files.size());
  for (const engine::BackupFile& file : backup.files) {
    opening->set_bytes(opening->bytes() + file.bytes);
  }
  absl::Status status = write(part);
  for (const engine::BackupFile& file : backup.files) {
    if (status.ok()) status = SendFile(file, write);
  }
  if (!status.ok()) return status;
  ioc::v1::BackupClosing* closing = part.mutable_closing();
  closing->set_position(backup.position);
  if (backup.newest_arrival) {
    *closing->mutable_newest_arrival() = wire::ToProto(*backup.newest_arrival);
  }
  closing->set_files(backup.files.size());
  return write(part);
}

}  // namespace iocd::ingest
