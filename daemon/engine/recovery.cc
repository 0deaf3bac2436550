#include "engine/recovery.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace iocd::engine {
namespace {

// Asking may cost a system call; so many batches are read in milliseconds.
constexpr std::uint64_t kBatchesBetweenLooks = 1'024;

absl::Status ApplyDefine(const eventlog::RawRecord& raw, std::uint64_t position, State* state) {
  const auto record = eventlog::ParseDefineRecord(raw.body);
  if (!record.ok()) return record.status();
  return state->Apply(*record, position);
}

absl::Status ApplyBatch(const eventlog::RawRecord& raw, std::uint64_t position, State* state,
                        Recovery* recovery) {
  const auto record = eventlog::BatchRecord::Parse(raw.body);
  if (!record.ok()) return record.status();
  ++recovery->batches;
  recovery->events += record->event_count();
  return state->Apply(*record, position);
}

absl::Status NothingReachesBack(const LoadedSnapshot& snapshot, const std::string& log_directory) {
  if (snapshot.damaged.empty()) {
    return absl::DataLossError(absl::StrCat("the beginning of the event log in ", log_directory,
                                            " is gone and no snapshot stands for it. The log was "
                                            "not changed. Restore the data directory "
                                            "from a backup (iocctl restore)."));
  }
  return absl::DataLossError(absl::StrCat(
      "no snapshot is sound (", snapshot.damaged.front(), ") and the event log in ", log_directory,
      " does not reach back far enough to do without. They were set aside with the ending "
      ".damaged. Restore the data directory from a backup (iocctl restore)."));
}

/// Says also which snapshots were set aside before the log refused.
absl::Status WithSetAside(const absl::Status& refused, const LoadedSnapshot& snapshot) {
  if (snapshot.damaged.empty()) return refused;
  return absl::Status(refused.code(), absl::StrCat(refused.message(),
                                                   " Damaged snapshots were set aside with the "
                                                   "ending .damaged: ",
                                                   absl::StrJoin(snapshot.damaged, "; "), "."));
}

}  // namespace

absl::Status ApplyRecord(const eventlog::RawRecord& raw, std::uint64_t position, State* state,
                         Recovery* recovery) {
  switch (raw.type) {
    case eventlog::RecordType::kDefine:
      return ApplyDefine(raw, position, state);
    case eventlog::RecordType::kBatch:
      return ApplyBatch(raw, position, state, recovery);
    case eventlog::RecordType::kLost:
      return absl::OkStatus();  // the log counts these itself
  }
  return absl::DataLossError(
      absl::StrCat("a record of the unknown type ", static_cast<int>(raw.type)));
}

absl::StatusOr<std::unique_ptr<eventlog::EventLog>> RecoverState(const RecoveryOptions& options,
                                                                 FileSystem& file_system,
                                                                 State* state, Recovery* recovery) {
  auto snapshot =
      LoadNewestSnapshot(file_system, options.snapshot_directory, options.stop_requested, state);
  if (!snapshot.ok()) return snapshot.status();
  recovery->snapshot = *std::move(snapshot);
  auto log = eventlog::EventLog::Open(
      options.log, file_system,
      {.position = recovery->snapshot.start, .synced_through = recovery->snapshot.end},
      [&](const eventlog::RawRecord& raw, std::uint64_t position) {
        if (options.stop_requested && recovery->batches % kBatchesBetweenLooks == 0 &&
            options.stop_requested()) {
          return absl::CancelledError("asked to stop while the event log was read");
        }
        return ApplyRecord(raw, position, state, recovery);
      },
      &recovery->log);
  if (absl::IsNotFound(log.status())) {
    return NothingReachesBack(recovery->snapshot, options.log.directory);
  }
  if (!log.ok()) return WithSetAside(log.status(), recovery->snapshot);
  return log;
}

}  // namespace iocd::engine
