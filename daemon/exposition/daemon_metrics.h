#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "domain/event.h"
#include "engine/batch.h"
#include "engine/engine.h"
#include "engine/engine_observer.h"

namespace iocd::exposition {

/// Reasons of iocd_dropped_total.
inline constexpr char kDroppedConnection[] = "http_connections_exceeded";

/// The daemon's own `iocd_` families, in a prometheus-cpp registry of their own. Thread-safe:
/// counting is one atomic addition.
class DaemonMetrics final : public engine::EngineObserver {
 public:
  DaemonMetrics();
  ~DaemonMetrics() override;

  /// One call or streamed batch was answered: iocd_batches_total{code}, code as "OK",
  /// "INVALID_ARGUMENT", …
  void CountBatch(absl::StatusCode code);
  /// Events of an answered batch: iocd_events_total{result} and iocd_events_rejected_total{code}.
  /// Of a duplicate all events count as "duplicate".
  void CountEvents(const engine::Answer& answer, std::uint32_t events_sent);
  /// Anything else that is dropped: iocd_dropped_total{reason}.
  void CountDropped(const std::string& reason, std::uint64_t count = 1);

  /// How long the replay of the log took at start-up.
  void SetRecoverySeconds(double seconds);
  /// Whether the clock is in doubt, so that nothing is taken.
  void SetClockInDoubt(bool in_doubt);
  /// Duration of one /metrics rendering, seconds.
  void ObserveScrape(double seconds);

  // engine::EngineObserver
  void CommitBegins() override;
  void CommitEnds() override;
  void LogFailed(const std::string& why) override;
  void TornTailCut(std::size_t bytes, const std::string& file) override;

  /// Every family as it stands, after sampling the engine's gauges (log bytes, series, queue
  /// depth).
  std::vector<prometheus::MetricFamily> Collect(const engine::Engine& engine) const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace iocd::exposition
