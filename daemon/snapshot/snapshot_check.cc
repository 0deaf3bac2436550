#include "snapshot/snapshot_check.h"

#include <utility>

#include "snapshot/snapshot_reader.h"

namespace iocd::snapshot {
namespace {

absl::Status Check(FileSystem& file_system, SnapshotCheck* check) {
  auto file = file_system.OpenForRead(check->file.path);
  if (!file.ok()) return file.status();
  auto size = (*file)->Size();
  if (!size.ok()) return size.status();
  check->bytes = *size;
  auto reader = SnapshotReader::Open(*std::move(file));
  if (!reader.ok()) return reader.status();
  check->head = reader->head();
  if (check->head.start != check->file.start) {
    return absl::DataLossError("its head and its name differ");
  }
  while (true) {
    auto section = reader->Next();
    if (!section.ok()) return section.status();
    if (!section->has_value()) break;
    ++check->sections;
  }
  check->end = reader->end();
  return absl::OkStatus();
}

}  // namespace

SnapshotCheck CheckSnapshot(FileSystem& file_system, const SnapshotFile& file) {
  SnapshotCheck check;
  check.file = file;
  check.status = Check(file_system, &check);
  return check;
}

}  // namespace iocd::snapshot
