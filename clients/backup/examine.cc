#include "backup/examine.h"

#include "absl/strings/str_cat.h"
#include "backup/read_only_view.h"
#include "base/limits.h"
#include "engine/data_directory.h"
#include "engine/recovery.h"
#include "engine/state_digest.h"
#include "eventlog/batch_record.h"
#include "eventlog/replay.h"
#include "eventlog/segments.h"
#include "snapshot/snapshot_directory.h"
#include "snapshot/snapshot_reader.h"

namespace ioc::backup {
namespace {

namespace eventlog = iocd::eventlog;
namespace snapshot = iocd::snapshot;

/// Reads the whole log, also what no start would need.
absl::Status ReadLog(ReadOnlyView& view, Findings* findings) {
  const auto segments = eventlog::ListSegments(view, iocd::engine::kLogName);
  if (!segments.ok()) return segments.status();
  if (segments->sound.empty() || segments->half_made) {
    return absl::DataLossError("log holds no whole segment, or one that is not whole");
  }
  eventlog::Replayed replayed;
  const auto end = eventlog::Replay(
      view, iocd::engine::kLogName, *segments, {.position = segments->sound.front().header.base},
      [&](const eventlog::RawRecord& raw, std::uint64_t /*position*/) {
        if (raw.type != eventlog::RecordType::kBatch) return absl::OkStatus();
        const auto record = eventlog::BatchRecord::Parse(raw.body);
        if (!record.ok()) return record.status();
        ++findings->batches;
        findings->events += record->event_count();
        return absl::OkStatus();
      },
      &replayed);
  if (!end.ok()) return end.status();
  if (replayed.torn_bytes > 0) {
    return absl::DataLossError(absl::StrCat(replayed.torn_file, " ends with ", replayed.torn_bytes,
                                            " bytes that are no part of a log"));
  }
  findings->position = end->position;
  return absl::OkStatus();
}

absl::Status ReadSnapshot(ReadOnlyView& view, const snapshot::SnapshotFile& listed) {
  auto file = view.OpenForRead(listed.path);
  if (!file.ok()) return file.status();
  auto reader = snapshot::SnapshotReader::Open(*std::move(file));
  absl::Status status = reader.status();
  while (status.ok()) {
    const auto section = reader->Next();
    status = section.status();
    if (status.ok() && !section->has_value()) return absl::OkStatus();
  }
  return absl::Status(status.code(), absl::StrCat(listed.path, ": ", status.message()));
}

/// Reads all snapshots, also the older one, which a start would use only if the newest is damaged.
absl::Status ReadSnapshots(ReadOnlyView& view) {
  const auto snapshots = snapshot::ListSnapshots(view, iocd::engine::kSnapshotsName);
  if (!snapshots.ok()) return snapshots.status();
  for (const snapshot::SnapshotFile& listed : *snapshots) {
    if (absl::Status read = ReadSnapshot(view, listed); !read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::Status ComputeState(ReadOnlyView& view, Findings* findings) {
  iocd::engine::State state;
  iocd::engine::Recovery recovery;
  iocd::engine::RecoveryOptions options;
  options.log = {iocd::engine::kLogName, iocd::limits::kSegmentBytes, iocd::limits::kReserveBytes};
  options.snapshot_directory = iocd::engine::kSnapshotsName;
  const auto log = iocd::engine::RecoverState(options, view, &state, &recovery);
  if (!log.ok()) return log.status();
  findings->newest_arrival = state.newest_arrival();
  findings->state_digest = iocd::engine::DigestOf(state);
  return absl::OkStatus();
}

std::optional<iocd::Timestamp> ArrivalOf(const v1::BackupManifest& manifest) {
  if (!manifest.has_newest_arrival()) return std::nullopt;
  return iocd::Timestamp::FromSeconds(manifest.newest_arrival().seconds()) +
         iocd::Duration{manifest.newest_arrival().nanos()};
}

std::string TextOf(const std::optional<iocd::Timestamp>& arrival) {
  return arrival ? iocd::ToLocalText(*arrival) : "none";
}

}  // namespace

absl::StatusOr<Findings> Examine(iocd::FileSystem& file_system, const std::string& directory) {
  ReadOnlyView view(file_system, directory);
  Findings findings;
  absl::Status status = ReadLog(view, &findings);
  if (status.ok()) status = ReadSnapshots(view);
  if (status.ok()) status = ComputeState(view, &findings);
  if (!status.ok()) return status;
  return findings;
}

absl::Status CheckEqual(const Findings& findings, const v1::BackupManifest& manifest) {
  const auto differs = [](absl::string_view what, const auto& is, const auto& should_be) {
    return absl::DataLossError(
        absl::StrCat(what, " ", is, " of the copy is not that of the backup, ", should_be));
  };
  if (findings.position != manifest.position()) {
    return differs("the end of the log", findings.position, manifest.position());
  }
  if (findings.newest_arrival != ArrivalOf(manifest)) {
    return differs("the newest arrival", TextOf(findings.newest_arrival),
                   TextOf(ArrivalOf(manifest)));
  }
  if (findings.batches != manifest.batches() || findings.events != manifest.events()) {
    return differs("the number of batches and events",
                   absl::StrCat(findings.batches, " and ", findings.events),
                   absl::StrCat(manifest.batches(), " and ", manifest.events()));
  }
  if (findings.state_digest != manifest.state_digest()) {
    return differs("the state's digest", findings.state_digest, manifest.state_digest());
  }
  return absl::OkStatus();
}

void Note(const Findings& findings, v1::BackupManifest* manifest) {
  manifest->set_batches(findings.batches);
  manifest->set_events(findings.events);
  manifest->set_state_digest(findings.state_digest);
}

}  // namespace ioc::backup
