#pragma once

#include <cstddef>
#include <string>

namespace iocd::engine {

/// Told what the engine does, for metrics and logs. Calls come from the engine's thread (from the
/// opening thread during Open) and must not block. The observer holds any clock that it needs.
class EngineObserver {
 public:
  virtual ~EngineObserver() = default;

  /// Around the replay at start-up.
  virtual void RecoveryBegins() {}
  virtual void RecoveryEnds() {}
  /// Around write and sync of one group.
  virtual void CommitBegins() {}
  virtual void CommitEnds() {}
  /// The log refused a write or a sync; no batch is taken any more.
  virtual void LogFailed(const std::string& /*why*/) {}
  /// Start-up cut bytes that had never been acknowledged from the end of the log.
  virtual void TornTailCut(std::size_t /*bytes*/, const std::string& /*file*/) {}
};

}  // namespace iocd::engine
