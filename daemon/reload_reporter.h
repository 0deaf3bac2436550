#pragma once

#include <string>

#include "base/clock.h"
#include "exposition/daemon_metrics.h"
#include "reloader.h"

namespace iocd {

/// Counts reloads, and logs what they changed or why they did not.
class ReloadReporter final : public ReloadObserver {
 public:
  /// Both outlive the reporter.
  ReloadReporter(exposition::DaemonMetrics& metrics, const Clock& clock)
      : metrics_(metrics), clock_(clock) {}

  void ReloadBegins(const std::string& asked_by) override;
  void ReloadEnds(const ingest::ReloadOutcome& outcome) override;

 private:
  exposition::DaemonMetrics& metrics_;
  const Clock& clock_;
};

}  // namespace iocd
