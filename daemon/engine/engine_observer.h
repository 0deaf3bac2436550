#pragma once

#include <cstddef>
#include <string>

#include "engine/recovery.h"
#include "engine/snapshot_taker.h"

namespace iocd::engine {

/// Told what the engine does, for metrics and logs. Calls come from the engine's thread (until it
/// runs, from the thread that recovers) and must not block. The observer holds any clock that it
/// needs.
class EngineObserver {
 public:
  virtual ~EngineObserver() = default;

  /// Around snapshot and replay at start-up; the second only if it succeeded.
  virtual void RecoveryBegins() {}
  virtual void RecoveryEnds(const Recovery& /*recovery*/) {}
  /// Around write and sync of one group.
  virtual void CommitBegins() {}
  virtual void CommitEnds() {}
  /// The log refused room, a write or a sync; told once until it works again.
  virtual void LogFailed(const std::string& /*why*/) {}
  /// The log takes batches again, without a restart.
  virtual void LogRecovered() {}
  /// A batch was repeated, and the log is damaged where its refusals stand: it was answered as one
  /// whose answer has expired. What was counted is not touched by this.
  virtual void AnswerDamaged(const std::string& /*why*/) {}
  /// Around a snapshot, which is taken while batches go on.
  virtual void SnapshotBegins() {}
  virtual void SnapshotEnds(const SnapshotOutcome& /*outcome*/) {}
  /// Old segments of the log are no longer needed and are being removed.
  virtual void SegmentsForgotten(std::size_t /*segments*/) {}
  /// An old segment could not be removed: it and those behind it take room until a later try
  /// succeeds, with the next ones to be removed.
  virtual void RemovalFailed(const std::string& /*why*/) {}
};

}  // namespace iocd::engine
