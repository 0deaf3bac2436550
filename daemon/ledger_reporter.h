#pragma once

#include <cstdint>
#include <string>

#include "bookkeeper/bookkeeper.h"
#include "exposition/daemon_metrics.h"

namespace iocd {

/// Counts what the bookkeeper reports, and logs what an operator must know.
class LedgerReporter final : public bookkeeper::Observer {
 public:
  /// `metrics` outlives the reporter.
  explicit LedgerReporter(exposition::DaemonMetrics& metrics) : metrics_(metrics) {}

  void UpdateEnds(const bookkeeper::UpdateOutcome& outcome) override;
  void LedgerFailed(const std::string& why) override;
  void LedgerRecovered() override;
  void LedgerIsAhead(std::uint64_t ledger, std::uint64_t log) override;

 private:
  exposition::DaemonMetrics& metrics_;
};

}  // namespace iocd
