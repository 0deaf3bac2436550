#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "base/disk_space.h"
#include "base/timestamp.h"
#include "domain/event.h"
#include "engine/batch.h"
#include "engine/engine.h"
#include "engine/engine_observer.h"

namespace iocd::exposition {

/// Values of iocd_snapshots_total{result}.
inline constexpr char kSnapshotTaken[] = "taken", kSnapshotFailed[] = "failed",
                      kSnapshotGivenUp[] = "given_up";

/// Values of iocd_backups_total{result}.
inline constexpr char kBackupSent[] = "sent", kBackupFailed[] = "failed",
                      kBackupGivenUp[] = "given_up";

/// Values of iocd_config_reloads_total{result}.
inline constexpr char kReloadDone[] = "done", kReloadRefused[] = "refused",
                      kReloadFailed[] = "failed";

/// Reasons of iocd_dropped_total; docs/metrics.md says what each means.
inline constexpr char kDroppedConnection[] = "http_connections_exceeded";
inline constexpr char kFailedHandshake[] = "http_handshake_failed";
inline constexpr char kRefusedRequest[] = "http_request_refused";
inline constexpr char kUnfinishedRequest[] = "http_request_unfinished";
inline constexpr char kUnreadAnswer[] = "http_answer_unread";
inline constexpr char kAnswerOfBrokenStream[] = "answer_of_broken_stream";
inline constexpr char kBatchOfEndedStream[] = "batch_of_ended_stream";
inline constexpr char kDamagedRefusals[] = "refusals_damaged";

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
  /// Of a duplicate all events count as "duplicate", as do events whose reference was counted
  /// before.
  void CountEvents(const engine::Answer& answer, std::uint32_t events_sent);
  /// Anything else that is dropped: iocd_dropped_total{reason}.
  void CountDropped(const std::string& reason, std::uint64_t count = 1);

  /// A call was turned away because of who called: iocd_calls_refused_total{code}.
  void CountRefusedCall(absl::StatusCode code);

  /// A backup has ended: OK, sent to its end; Cancelled, given up by its receiver; else failed.
  void CountBackup(const absl::Status& status);

  /// Entries of the audit log: those that it had when it was opened, and each one since.
  void CountAudited(std::uint64_t entries);
  void CountAuditDropped(std::uint64_t entries);
  /// Whether the audit log cannot be written.
  void SetAuditFailed(bool failed);
  /// The audit log's chain was found not to hold.
  void AuditChainBroken();
  /// The configuration of the start is at work since `now`.
  void ConfigurationIsAtWork(Timestamp now);
  /// A reload has ended at `now`: OK, done; FailedPrecondition, refused for mistakes; else failed.
  void CountReload(const absl::Status& status, Timestamp now);

  /// An attempt to bring the ledger up to the state has ended, after so many seconds.
  void CountLedgerUpdate(const absl::Status& status, double seconds);
  /// The ledger stands as it was brought up to the state at `now`, in a file of that size.
  void LedgerStands(Timestamp now, std::uint64_t bytes);

  /// Memory of the process as it was seen last, and its bound; bytes.
  void SetMemory(std::uint64_t resident, std::uint64_t bound);
  /// The disk of the data directory as it was seen last.
  void SetDisk(const DiskSpace& disk);
  /// When the certificate that is shown to new clients expires.
  void SetCertificateEnd(Timestamp end);
  /// Whether the clock is in doubt, so that nothing is taken.
  void SetClockInDoubt(bool in_doubt);
  /// So many watch what changes now.
  void SetWatchers(std::size_t watchers);
  /// One who wanted to watch was refused, because as many watch as may.
  void CountRefusedWatcher();
  /// Time that reading one standing took, seconds.
  void ObserveStanding(double seconds);
  /// Duration of one /metrics rendering, seconds.
  void ObserveScrape(double seconds);

  // engine::EngineObserver
  void CommitBegins() override;
  void CommitEnds() override;
  void RecoveryBegins() override;
  void RecoveryEnds(const engine::Recovery& recovery) override;
  void LogFailed(const std::string& why) override;
  void LogRecovered() override;
  void SnapshotBegins() override;
  void SnapshotEnds(const engine::SnapshotOutcome& outcome) override;
  void SegmentsForgotten(std::size_t segments) override;
  void RemovalFailed(const std::string& why) override;

  /// Every family as it stands, after sampling the engine's gauges (log bytes, series, queue
  /// depth). While the engine reads its log only iocd_recovering and iocd_build_info.
  std::vector<prometheus::MetricFamily> Collect(const engine::Engine& engine) const;

 private:
  struct Families;

  void SampleEngine(const engine::Engine& engine) const;

  std::unique_ptr<Families> families_;
};

}  // namespace iocd::exposition
