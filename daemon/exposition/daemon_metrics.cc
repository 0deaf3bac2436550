#include "exposition/daemon_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "absl/container/flat_hash_map.h"

namespace iocd::exposition {
namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

// Seconds. Never whole numbers, so that a bound reads the same in both formats.
const Histogram::BucketBoundaries kCommitBounds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 2.5};
const Histogram::BucketBoundaries kScrapeBounds = {0.001, 0.0025, 0.005, 0.01, 0.025,
                                                   0.05,  0.1,    0.25,  0.5,  2.5};
const Histogram::BucketBoundaries kStandingBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                     0.025,  0.05,  0.1,    0.25,  0.5};

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

constexpr std::size_t kRefusalCodes = static_cast<std::size_t>(domain::RefusalCode::kInFuture) + 1;

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

prometheus::Family<Counter>& CounterFamily(prometheus::Registry& registry, const std::string& name,
                                           const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Gauge& OneGauge(prometheus::Registry& registry, const std::string& name, const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

}  // namespace

struct DaemonMetrics::Families {
  prometheus::Registry registry;

  prometheus::Family<Counter>& events = CounterFamily(
      registry, "iocd_events_total", "Events of answered batches, by what became of them.");
  Counter& accepted = events.Add({{"result", "accepted"}});
  Counter& duplicate = events.Add({{"result", "duplicate"}});
  Counter& rejected = events.Add({{"result", "rejected"}});

  prometheus::Family<Counter>& rejections = CounterFamily(
      registry, "iocd_events_rejected_total", "Refused events, by the code told to the sender.");
  prometheus::Family<Counter>& batches =
      CounterFamily(registry, "iocd_batches_total", "Answered batches, by status code.");
  prometheus::Family<Counter>& refused_calls =
      CounterFamily(registry, "iocd_calls_refused_total",
                    "Calls turned away because of who called, by status code.");
  prometheus::Family<Counter>& dropped =
      CounterFamily(registry, "iocd_dropped_total", "Whatever else was dropped, by reason.");
  Counter& audit_entries =
      CounterFamily(registry, "iocd_audit_entries_total",
                    "Entries in the audit log, also of earlier runs: the number of the last one.")
          .Add({});
  Counter& audit_dropped = CounterFamily(registry, "iocd_audit_dropped_total",
                                         "Entries that did not come into the audit log.")
                               .Add({});
  Counter& log_failures =
      CounterFamily(registry, "iocd_log_failures_total",
                    "Times that the log began to refuse batches, because the disk did.")
          .Add({});
  Counter& removal_failures = CounterFamily(registry, "iocd_log_removal_failures_total",
                                            "Old segments of the log that could not be removed.")
                                  .Add({});
  Counter& segments_removed = CounterFamily(registry, "iocd_log_segments_removed_total",
                                            "Old segments that the log no longer needs.")
                                  .Add({});
  Counter& abandoned_bytes =
      CounterFamily(registry, "iocd_log_abandoned_bytes_total",
                    "Bytes found at start-up in segments that a failed write or sync had ended.")
          .Add({});
  Counter& lost_bytes =
      CounterFamily(registry, "iocd_log_lost_bytes_total",
                    "Bytes found at start-up that an operator gave up as lost (iocctl log mend).")
          .Add({});
  Counter& ledger_failures =
      CounterFamily(registry, "iocd_ledger_failures_total",
                    "Attempts to write the ledger that failed; what they would have written waits.")
          .Add({});
  prometheus::Family<Counter>& backups =
      CounterFamily(registry, "iocd_backups_total", "Backups, by outcome.");
  prometheus::Family<Counter>& reloads =
      CounterFamily(registry, "iocd_config_reloads_total",
                    "Times that the configuration was read again, by outcome.");
  Counter& watchers_refused = CounterFamily(registry, "iocd_watchers_refused_total",
                                            "Watchers refused because as many watch as may.")
                                  .Add({});
  prometheus::Family<Counter>& snapshots =
      CounterFamily(registry, "iocd_snapshots_total", "Snapshots of the state, by outcome.");
  Counter& snapshots_damaged =
      CounterFamily(registry, "iocd_snapshots_damaged_total",
                    "Snapshots that turned out to be damaged at start-up and were set aside.")
          .Add({});
  Counter& torn_bytes =
      CounterFamily(registry, "iocd_log_torn_bytes_total",
                    "Bytes cut from the end of the log at start-up, never acknowledged.")
          .Add({});

  Histogram& commit = prometheus::BuildHistogram()
                          .Name("iocd_commit_seconds")
                          .Help("Write and sync of one group of batches, in seconds.")
                          .Register(registry)
                          .Add({}, kCommitBounds);
  Histogram& ledger_update = prometheus::BuildHistogram()
                                 .Name("iocd_ledger_update_seconds")
                                 .Help("One transaction of the ledger, in seconds.")
                                 .Register(registry)
                                 .Add({}, kCommitBounds);
  Histogram& scrape = prometheus::BuildHistogram()
                          .Name("iocd_scrape_seconds")
                          .Help("Rendering of one answer to GET /metrics, in seconds.")
                          .Register(registry)
                          .Add({}, kScrapeBounds);

  Histogram& standing = prometheus::BuildHistogram()
                            .Name("iocd_standing_seconds")
                            .Help("Reading how everything stands, in seconds.")
                            .Register(registry)
                            .Add({}, kStandingBounds);

  Gauge& watchers =
      OneGauge(registry, "iocd_watchers", "Those who watch what changes, over gRPC and HTTP.");
  Gauge& audit_failed =
      OneGauge(registry, "iocd_audit_failed",
               "1 while the audit log cannot be written, because the disk refuses.");
  Gauge& audit_chain_broken =
      OneGauge(registry, "iocd_audit_chain_broken",
               "1 if the audit log was found changed or damaged at start-up, otherwise 0.");
  Gauge& ledger_bytes =
      OneGauge(registry, "iocd_ledger_bytes", "Size of the ledger with its log, in bytes.");
  Gauge& ledger_updated = OneGauge(registry, "iocd_ledger_last_update_timestamp_seconds",
                                   "When the ledger was last written or, before that, opened.");
  Gauge& log_failed = OneGauge(registry, "iocd_log_failed",
                               "1 while the log refuses batches, because the disk does.");
  Gauge& snapshot_bytes =
      OneGauge(registry, "iocd_snapshot_bytes", "Size of the newest snapshot, in bytes.");
  Gauge& snapshot_seconds =
      OneGauge(registry, "iocd_snapshot_seconds", "Time that the last snapshot took, in seconds.");
  Gauge& replay_bytes =
      OneGauge(registry, "iocd_log_replay_bytes",
               "Bytes of the log behind the newest snapshot, which a restart would read.");
  Gauge& log_bytes = OneGauge(registry, "iocd_log_bytes", "Bytes in the event log.");
  Gauge& series = OneGauge(registry, "iocd_series",
                           "Series that have had an event: department, indicator, member.");
  Gauge& queue_depth =
      OneGauge(registry, "iocd_queue_depth", "Batches that wait for the event log.");
  Gauge& clock_in_doubt =
      OneGauge(registry, "iocd_clock_in_doubt",
               "1 while the clock is in doubt, so that nothing is taken; otherwise 0.");
  Gauge& memory = OneGauge(registry, "iocd_memory_bytes",
                           "Memory that the daemon has resident, as it was seen last.");
  Gauge& memory_bound = OneGauge(registry, "iocd_memory_limit_bytes",
                                 "Resident memory beyond which no batch is taken.");
  // Without TLS there is no certificate, and no value.
  prometheus::Family<Gauge>& certificate_end =
      prometheus::BuildGauge()
          .Name("iocd_certificate_end_timestamp_seconds")
          .Help("When the certificate of both servers expires.")
          .Register(registry);
  Gauge& config_loads =
      OneGauge(registry, "iocd_config_last_reload_successful",
               "1 if the configuration files were at work when they were last read; otherwise 0.");
  Gauge& config_since = OneGauge(registry, "iocd_config_last_reload_success_timestamp_seconds",
                                 "When the configuration that is at work was read.");
  Gauge& recovery = OneGauge(registry, "iocd_recovery_seconds",
                             "Snapshot and replay of the log at start-up, in seconds.");
  Gauge& build_info = prometheus::BuildGauge()
                          .Name("iocd_build_info")
                          .Help("1; the version that runs.")
                          .Register(registry)
                          .Add({{"version", IOCD_VERSION}});

  std::array<Counter*, kRefusalCodes> rejections_by_code{};         // by number; [0] is unused
  absl::flat_hash_map<absl::StatusCode, Counter*> batches_by_code;  // those of kBatchCodes

  // Engine thread only; the last before there is one.
  double commit_began = 0, snapshot_began = 0, recovery_began = 0;
};

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
  std::size_t series = 0;
  engine.Read([&series](const engine::State& state) { series = state.SeriesCount(); });
  families_->series.Set(static_cast<double>(series));
  families_->log_bytes.Set(static_cast<double>(engine.LogBytes()));
  families_->replay_bytes.Set(static_cast<double>(engine.ReplayBytes()));
  families_->queue_depth.Set(static_cast<double>(engine.QueuedBatches()));
  auto families = families_->registry.Collect();
  for (prometheus::MetricFamily& family : families) {  // the registry keeps no order
    std::sort(family.metric.begin(), family.metric.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
  }
  return families;
}

}  // namespace iocd::exposition
