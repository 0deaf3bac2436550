#pragma once

#include <string>

#include "engine/engine_observer.h"
#include "exposition/daemon_metrics.h"

namespace iocd {

/// Counts what the engine reports, and logs what an operator must know.
class EngineReporter final : public engine::EngineObserver {
 public:
  /// `metrics` outlives the reporter.
  explicit EngineReporter(exposition::DaemonMetrics& metrics) : metrics_(metrics) {}

  void RecoveryBegins() override { metrics_.RecoveryBegins(); }
  void RecoveryEnds(const engine::Recovery& recovery) override;
  void CommitBegins() override { metrics_.CommitBegins(); }
  void CommitEnds() override { metrics_.CommitEnds(); }
  void LogFailed(const std::string& why) override;
  void LogRecovered() override;
  void AnswerDamaged(const std::string& why) override;
  void SnapshotBegins() override { metrics_.SnapshotBegins(); }
  void SnapshotEnds(const engine::SnapshotOutcome& outcome) override;
  void SegmentsForgotten(std::size_t segments) override;
  void RemovalFailed(const std::string& why) override;

 private:
  exposition::DaemonMetrics& metrics_;
};

}  // namespace iocd
