#include "engine/start_rehearsal.h"

#include "absl/strings/str_cat.h"
#include "base/dry_run_file_system.h"
#include "base/limits.h"
#include "engine/data_directory.h"
#include "engine/snapshot_loader.h"
#include "engine/state.h"
#include "eventlog/log_walk.h"

namespace iocd::engine {
namespace {

/// Applies what a plan leaves of a log.
class SurvivorApplier final : public eventlog::LogVisitor {
 public:
  SurvivorApplier(const eventlog::MendPlan& plan, std::uint64_t from, State* state)
      : plan_(plan), from_(from), state_(*state) {}

  absl::Status OnRecord(const eventlog::RawRecord& record, std::uint64_t position) override {
    if (position < from_ || plan_.GivesUp(position)) return absl::OkStatus();
    absl::Status applied = ApplyRecord(record, position, &state_, &ignored_);
    if (applied.ok()) return applied;
    return absl::DataLossError(
        absl::StrCat("the record at position ", position, ": ", applied.message()));
  }

 private:
  const eventlog::MendPlan& plan_;
  const std::uint64_t from_;
  State& state_;
  Recovery ignored_;
};

}  // namespace

StartRehearsal RehearseStart(FileSystem& file_system, const std::string& data_directory) {
  DryRunFileSystem unchanged(file_system);
  RecoveryOptions options;
  options.log.directory = LogDirectory(data_directory);
  options.log.segment_bytes = limits::kSegmentBytes;
  options.log.reserve_bytes = limits::kReserveBytes;
  options.snapshot_directory = SnapshotDirectory(data_directory);
  StartRehearsal rehearsal;
  State state;
  rehearsal.status = RecoverState(options, unchanged, &state, &rehearsal.recovery).status();
  return rehearsal;
}

absl::Status RehearseStartAfterMend(FileSystem& file_system, const std::string& data_directory,
                                    const eventlog::MendPlan& plan) {
  DryRunFileSystem unchanged(file_system);
  State state;
  const auto snapshot = LoadNewestSnapshot(unchanged, SnapshotDirectory(data_directory),
                                           /*stop_requested=*/{}, &state);
  if (!snapshot.ok()) return snapshot.status();
  const eventlog::ReplayFrom known{.position = snapshot->start, .synced_through = snapshot->end};
  const auto files = eventlog::ListSegmentFiles(file_system, LogDirectory(data_directory), known);
  if (!files.ok()) return files.status();
  SurvivorApplier applier(plan, snapshot->start, &state);
  return eventlog::WalkLog(file_system, *files, known, snapshot->start, applier).status();
}

}  // namespace iocd::engine
