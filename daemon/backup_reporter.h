#pragma once

#include "exposition/daemon_metrics.h"
#include "ingest/backups.h"

namespace iocd {

/// Counts backups, and logs their beginnings and ends.
class BackupReporter final : public ingest::BackupObserver {
 public:
  /// `metrics` outlives the reporter.
  explicit BackupReporter(exposition::DaemonMetrics& metrics) : metrics_(metrics) {}

  void BackupBegins(std::size_t files, std::uint64_t bytes) override;
  void BackupEnds(const absl::Status& status) override;
  void LedgerLeftOut(const absl::Status& why) override;

 private:
  exposition::DaemonMetrics& metrics_;
};

}  // namespace iocd
