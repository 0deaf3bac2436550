#include "engine/snapshot_loader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/snapshot_cutter.h"
#include "snapshot/snapshot_directory.h"
#include "snapshot/snapshot_reader.h"

namespace iocd::engine {
namespace {

absl::Status Load(FileSystem& file_system, const snapshot::SnapshotFile& snapshot,
                  const std::function<bool()>& stop_requested, State* state,
                  LoadedSnapshot* loaded) {
  auto file = file_system.OpenForRead(snapshot.path);
  if (!file.ok()) return file.status();
  auto reader = snapshot::SnapshotReader::Open(*std::move(file));
  if (!reader.ok()) return reader.status();
  if (reader->head().start != snapshot.start) {
    return absl::DataLossError("its head and its name differ");
  }
  while (true) {
    if (stop_requested && stop_requested()) {
      return absl::CancelledError("asked to stop while a snapshot was read");
    }
    auto section = reader->Next();
    if (!section.ok()) return section.status();
    if (!section->has_value()) break;
    if ((*section)->type != kItemsSection) {
      return absl::DataLossError(
          absl::StrCat("it holds a section of the unknown type ", (*section)->type));
    }
    absl::Status taken = LoadSlice((*section)->payload, (*section)->covered, state);
    if (!taken.ok()) return taken;
  }
  loaded->path = snapshot.path;
  loaded->start = snapshot.start;
  loaded->end = reader->end();
  loaded->bytes = reader->bytes();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LoadedSnapshot> LoadNewestSnapshot(FileSystem& file_system,
                                                  const std::string& directory,
                                                  const std::function<bool()>& stop_requested,
                                                  State* state) {
  absl::Status status = file_system.CreateDirectory(directory);
  if (status.ok()) status = snapshot::RemoveUnfinished(file_system, directory);
  if (!status.ok()) return status;
  auto snapshots = snapshot::ListSnapshots(file_system, directory);
  if (!snapshots.ok()) return snapshots.status();
  LoadedSnapshot loaded;
  for (const snapshot::SnapshotFile& snapshot : *snapshots) {
    status = Load(file_system, snapshot, stop_requested, state, &loaded);
    if (status.ok()) return loaded;
    if (!absl::IsDataLoss(status)) {
      return absl::Status(status.code(),
                          absl::StrCat("cannot use ", snapshot.path, ": ", status.message()));
    }
    loaded.damaged.push_back(absl::StrCat(snapshot.path, ": ", status.message()));
    *state = State();
    if (absl::Status aside = snapshot::SetAside(file_system, directory, snapshot); !aside.ok()) {
      return aside;
    }
  }
  return loaded;
}

}  // namespace iocd::engine
