#pragma once

#include <cstdint>
#include <string>

#include "audit/observer.h"
#include "exposition/daemon_metrics.h"

namespace iocd {

/// Counts what the audit log reports, and logs what an operator must know; among it the head, which
/// proves later that the end was not cut.
class AuditReporter final : public audit::Observer {
 public:
  /// `metrics` outlives the reporter.
  explicit AuditReporter(exposition::DaemonMetrics& metrics) : metrics_(metrics) {}

  void LogOpened(const audit::Head& head) override;
  void ChainBroken(const std::string& why) override;
  void TailCut(std::uint64_t bytes, const std::string& file) override;
  void EntriesWritten(std::uint64_t entries) override;
  void LogFailed(const std::string& why) override;
  void LogRecovered() override;
  void EntriesDropped(std::uint64_t entries) override;
  void HeadStands(const audit::Head& head) override;

 private:
  exposition::DaemonMetrics& metrics_;
};

}  // namespace iocd
