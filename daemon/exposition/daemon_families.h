#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "domain/event.h"
#include "exposition/daemon_metrics.h"

namespace iocd::exposition {

// Seconds. Never whole numbers, so that a bound reads the same in both formats.
inline const prometheus::Histogram::BucketBoundaries kCommitBounds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 2.5};
inline const prometheus::Histogram::BucketBoundaries kScrapeBounds = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 2.5};
inline const prometheus::Histogram::BucketBoundaries kStandingBounds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5};

/// One place for each refusal code, by number; 0 is no code.
inline constexpr std::size_t kRefusalCodes =
    static_cast<std::size_t>(domain::RefusalCode::kInFuture) + 1;

inline prometheus::Family<prometheus::Counter>& CounterFamily(prometheus::Registry& registry,
                                                              const std::string& name,
                                                              const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

inline prometheus::Gauge& OneGauge(prometheus::Registry& registry, const std::string& name,
                                   const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

/// The families of DaemonMetrics, each registered with its name and help. For daemon_metrics.cc
/// alone.
struct DaemonMetrics::Families {
  using Counter = prometheus::Counter;
  using Gauge = prometheus::Gauge;
  using Histogram = prometheus::Histogram;

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
  Gauge& recovering = OneGauge(registry, "iocd_recovering",
                               "1 while the daemon reads its event log, and takes nothing.");
  Gauge& disk_free = OneGauge(registry, "iocd_disk_free_bytes",
                              "Room that the daemon may still use on the disk of its data.");
  Gauge& disk_size =
      OneGauge(registry, "iocd_disk_bytes", "Size of the disk of the daemon's data.");
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

}  // namespace iocd::exposition
