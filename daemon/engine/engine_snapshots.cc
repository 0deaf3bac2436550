// What the engine does for snapshots between two groups, and at a clean stop.

#include <utility>
#include <vector>

#include "engine/engine.h"

namespace iocd::engine {

void Engine::TendSnapshots() {
  TakeSnapshotOutcome();
  const absl::Status removal = snapshots_->TakeRemovalError();
  if (!removal.ok()) observer_.RemovalFailed(std::string(removal.message()));
  if (SnapshotIsDue()) BeginSnapshot();
  more_to_cut_ =
      snapshots_->busy() && snapshots_->Advance(log_->NextPosition(), options_.slice_bytes);
}

bool Engine::SnapshotIsDue() {
  const std::uint64_t position = log_->NextPosition();
  // A request waits for the snapshot under way: what it wants to see in one may have come since.
  if (snapshots_->busy() || !defect_.ok()) return false;
  const bool requested = snapshot_requested_.exchange(false, std::memory_order_acq_rel);
  if (position == snapshot_end_) return false;  // nothing new
  return requested || position - snapshot_tried_at_ >= snapshot_every_bytes_;
}

void Engine::BeginSnapshot() {
  snapshot_tried_at_ = log_->NextPosition();
  observer_.SnapshotBegins();
  snapshots_->Begin(state_, {snapshot_tried_at_, NewestArrival()});
}

void Engine::TakeSnapshotOutcome() {
  const std::optional<SnapshotOutcome> outcome = snapshots_->TakeOutcome();
  if (!outcome) return;
  if (outcome->status.ok()) {
    snapshot_start_ = outcome->start;
    snapshot_end_ = outcome->end;
    ForgetOldSegments(outcome->older_start);
    PublishSizes();
  }
  observer_.SnapshotEnds(*outcome);
}

void Engine::ForgetOldSegments(std::uint64_t below) {
  std::vector<std::string> files = log_->ForgetOld(below, retention_, NewestArrival());
  if (files.empty()) return;
  observer_.SegmentsForgotten(files.size());
  snapshots_->RemoveFiles(std::move(files));
}

void Engine::LeaveCleanly() {
  // Nobody knows what became of the last group: it stands in the log, or it does not, for the next
  // start to see.
  if (!Healthy()) return;
  if (absl::Status marked = log_->AppendMark(); !marked.ok()) return SetHealthy(marked);
  if (!snapshots_->busy() && log_->NextPosition() != snapshot_end_) BeginSnapshot();
  while (snapshots_->busy()) {
    if (hurry_.load(std::memory_order_acquire)) snapshots_->GiveUp();
    if (!snapshots_->Advance(log_->NextPosition(), options_.slice_bytes)) {
      snapshots_->WaitForProgress();
      TakeSnapshotOutcome();
    }
  }
}

}  // namespace iocd::engine
