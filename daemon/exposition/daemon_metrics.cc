#include "exposition/daemon_metrics.h"

#include <algorithm>
#include <chrono>

#include "exposition/daemon_families.h"

namespace iocd::exposition {
namespace {

// Codes with which a batch may be answered (proto/ioc/v1/ingest.proto); they exist from the start.
constexpr absl::StatusCode kBatchCodes[] = {
    absl::StatusCode::kOk,
    absl::StatusCode::kInvalidArgument,
    absl::StatusCode::kAlreadyExists,
    absl::StatusCode::kFailedPrecondition,
    absl::StatusCode::kUnauthenticated,
    absl::StatusCode::kPermissionDenied,
    absl::StatusCode::kResourceExhausted,
    absl::StatusCode::kUnavailable,
    absl::StatusCode::kInternal,
};

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool IsUnknownWhileRecovering(const prometheus::MetricFamily& family) {
  return family.name != "iocd_recovering" && family.name != "iocd_build_info";
}

}  // namespace

DaemonMetrics::DaemonMetrics() : families_(std::make_unique<Families>()) {
  for (std::size_t code = 1; code < kRefusalCodes; ++code) {
    const auto name = domain::RefusalCodeName(static_cast<domain::RefusalCode>(code));
    families_->rejections_by_code[code] = &families_->rejections.Add({{"code", std::string(name)}});
  }
  for (const absl::StatusCode code : kBatchCodes) {
    families_->batches_by_code[code] =
        &families_->batches.Add({{"code", absl::StatusCodeToString(code)}});
  }
  for (const auto code : {absl::StatusCode::kUnauthenticated, absl::StatusCode::kPermissionDenied,
                          absl::StatusCode::kResourceExhausted}) {
    families_->refused_calls.Add({{"code", absl::StatusCodeToString(code)}});
  }
  for (const char* reason :
       {kDroppedConnection, kFailedHandshake, kRefusedRequest, kUnfinishedRequest, kUnreadAnswer,
        kAnswerOfBrokenStream, kBatchOfEndedStream, kDamagedRefusals}) {
    families_->dropped.Add({{"reason", reason}});
  }
  for (const char* result : {kBackupSent, kBackupFailed, kBackupGivenUp}) {
    families_->backups.Add({{"result", result}});
  }
  for (const char* result : {kSnapshotTaken, kSnapshotFailed, kSnapshotGivenUp}) {
    families_->snapshots.Add({{"result", result}});
  }
  for (const char* result : {kReloadDone, kReloadRefused, kReloadFailed}) {
    families_->reloads.Add({{"result", result}});
  }
  families_->config_loads.Set(1);
  families_->build_info.Set(1);
}

DaemonMetrics::~DaemonMetrics() = default;

void DaemonMetrics::CountBatch(absl::StatusCode code) {
  const auto known = families_->batches_by_code.find(code);
  if (known != families_->batches_by_code.end()) {
    known->second->Increment();
  } else {
    families_->batches.Add({{"code", absl::StatusCodeToString(code)}}).Increment();
  }
}

void DaemonMetrics::CountRefusedCall(absl::StatusCode code) {
  families_->refused_calls.Add({{"code", absl::StatusCodeToString(code)}}).Increment();
}

void DaemonMetrics::CountEvents(const engine::Answer& answer, std::uint32_t events_sent) {
  if (answer.duplicate) {
    families_->duplicate.Increment(events_sent);
    return;
  }
  families_->accepted.Increment(answer.accepted);
  families_->duplicate.Increment(answer.already_counted);
  families_->rejected.Increment(static_cast<double>(answer.refusals.size()));
  for (const domain::Refusal& refusal : answer.refusals) {
    families_->rejections_by_code[static_cast<std::size_t>(refusal.code)]->Increment();
  }
}

void DaemonMetrics::CountDropped(const std::string& reason, std::uint64_t count) {
  families_->dropped.Add({{"reason", reason}}).Increment(static_cast<double>(count));
}

void DaemonMetrics::CountBackup(const absl::Status& status) {
  const char* result = status.ok()                 ? kBackupSent
                       : absl::IsCancelled(status) ? kBackupGivenUp
                                                   : kBackupFailed;
  families_->backups.Add({{"result", result}}).Increment();
}

void DaemonMetrics::CountLedgerUpdate(const absl::Status& status, double seconds) {
  families_->ledger_update.Observe(seconds);
  if (!status.ok()) families_->ledger_failures.Increment();
}

void DaemonMetrics::LedgerStands(Timestamp now, std::uint64_t bytes) {
  families_->ledger_updated.Set(now.ToSeconds());
  families_->ledger_bytes.Set(static_cast<double>(bytes));
}

void DaemonMetrics::CountAudited(std::uint64_t entries) {
  families_->audit_entries.Increment(static_cast<double>(entries));
}

void DaemonMetrics::CountAuditDropped(std::uint64_t entries) {
  families_->audit_dropped.Increment(static_cast<double>(entries));
}

void DaemonMetrics::SetAuditFailed(bool failed) { families_->audit_failed.Set(failed ? 1 : 0); }

void DaemonMetrics::AuditChainBroken() { families_->audit_chain_broken.Set(1); }

void DaemonMetrics::ConfigurationIsAtWork(Timestamp now) {
  families_->config_loads.Set(1);
  families_->config_since.Set(now.ToSeconds());
}

void DaemonMetrics::CountReload(const absl::Status& status, Timestamp now) {
  const char* result = status.ok()                          ? kReloadDone
                       : absl::IsFailedPrecondition(status) ? kReloadRefused
                                                            : kReloadFailed;
  families_->reloads.Add({{"result", result}}).Increment();
  if (status.ok()) {
    ConfigurationIsAtWork(now);
  } else {
    families_->config_loads.Set(0);
  }
}

void DaemonMetrics::SetClockInDoubt(bool in_doubt) {
  families_->clock_in_doubt.Set(in_doubt ? 1 : 0);
}

void DaemonMetrics::SetMemory(std::uint64_t resident, std::uint64_t bound) {
  families_->memory.Set(static_cast<double>(resident));
  families_->memory_bound.Set(static_cast<double>(bound));
}

void DaemonMetrics::SetDisk(const DiskSpace& disk) {
  families_->disk_free.Set(static_cast<double>(disk.available));
  families_->disk_size.Set(static_cast<double>(disk.size));
}

void DaemonMetrics::SetCertificateEnd(Timestamp end) {
  const std::int64_t seconds = end.nanos / 1'000'000'000;  // certificates end on whole ones
  families_->certificate_end.Add({}).Set(static_cast<double>(seconds));
}

void DaemonMetrics::SetWatchers(std::size_t watchers) {
  families_->watchers.Set(static_cast<double>(watchers));
}

void DaemonMetrics::CountRefusedWatcher() { families_->watchers_refused.Increment(); }

void DaemonMetrics::ObserveStanding(double seconds) { families_->standing.Observe(seconds); }

void DaemonMetrics::ObserveScrape(double seconds) { families_->scrape.Observe(seconds); }

void DaemonMetrics::CommitBegins() { families_->commit_began = SteadySeconds(); }

void DaemonMetrics::CommitEnds() {
  families_->commit.Observe(SteadySeconds() - families_->commit_began);
}

void DaemonMetrics::RecoveryBegins() { families_->recovery_began = SteadySeconds(); }

void DaemonMetrics::RecoveryEnds(const engine::Recovery& recovery) {
  families_->recovery.Set(SteadySeconds() - families_->recovery_began);
  families_->torn_bytes.Increment(static_cast<double>(recovery.log.torn_bytes));
  families_->abandoned_bytes.Increment(static_cast<double>(recovery.log.abandoned_bytes));
  families_->lost_bytes.Increment(static_cast<double>(recovery.log.lost_bytes));
  families_->snapshots_damaged.Increment(static_cast<double>(recovery.snapshot.damaged.size()));
  families_->snapshot_bytes.Set(static_cast<double>(recovery.snapshot.bytes));
}

void DaemonMetrics::LogFailed(const std::string& /*why*/) {
  families_->log_failures.Increment();
  families_->log_failed.Set(1);
}

void DaemonMetrics::LogRecovered() { families_->log_failed.Set(0); }

void DaemonMetrics::SnapshotBegins() { families_->snapshot_began = SteadySeconds(); }

void DaemonMetrics::SnapshotEnds(const engine::SnapshotOutcome& outcome) {
  const char* result = outcome.status.ok()                 ? kSnapshotTaken
                       : absl::IsCancelled(outcome.status) ? kSnapshotGivenUp
                                                           : kSnapshotFailed;
  families_->snapshots.Add({{"result", result}}).Increment();
  if (!outcome.status.ok()) return;
  families_->snapshot_bytes.Set(static_cast<double>(outcome.bytes));
  families_->snapshot_seconds.Set(SteadySeconds() - families_->snapshot_began);
}

void DaemonMetrics::SegmentsForgotten(std::size_t segments) {
  families_->segments_removed.Increment(static_cast<double>(segments));
}

void DaemonMetrics::RemovalFailed(const std::string& /*why*/) {
  families_->removal_failures.Increment();
}

std::vector<prometheus::MetricFamily> DaemonMetrics::Collect(const engine::Engine& engine) const {
  const bool recovering = !engine.CheckReady().ok();
  families_->recovering.Set(recovering ? 1 : 0);
  if (!recovering) SampleEngine(engine);
  auto families = families_->registry.Collect();
  // What the others would say then, such as when the ledger was written, is not known yet.
  if (recovering) std::erase_if(families, &IsUnknownWhileRecovering);
  for (prometheus::MetricFamily& family : families) {  // the registry keeps no order
    std::sort(family.metric.begin(), family.metric.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
  }
  return families;
}

void DaemonMetrics::SampleEngine(const engine::Engine& engine) const {
  std::size_t series = 0;
  engine.Read([&series](const engine::State& state) { series = state.SeriesCount(); });
  families_->series.Set(static_cast<double>(series));
  families_->log_bytes.Set(static_cast<double>(engine.LogBytes()));
  families_->replay_bytes.Set(static_cast<double>(engine.ReplayBytes()));
  families_->queue_depth.Set(static_cast<double>(engine.QueuedBatches()));
}

}  // namespace iocd::exposition
