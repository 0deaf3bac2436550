#pragma once

#include <atomic>
#include <string>
#include <utility>

#include "audit/audit_log.h"
#include "base/clock.h"
#include "base/clock_guard.h"
#include "base/timestamp.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "ingest/backups.h"
#include "ingest/grpc_server.h"
#include "ingest/ingest_service.h"
#include "query/watchers.h"

namespace iocd {

/// What has to be looked after once a second while the daemon runs: gRPC's health follows the log's
/// and the clock's, a log that refused is tried again, snapshots are asked for in time, the audit
/// log is told that time passes, streams, backups and watches of callers who are out end, the
/// metrics tell how full the disk of `data_directory` is. All that it is given outlives it. One
/// thread, unless said otherwise.
class Caretaker {
 public:
  Caretaker(engine::Engine& engine, const Clock& clock, ClockGuard& clock_guard,
            ingest::GrpcServer& server, ingest::IngestService& ingest_service,
            ingest::Backups& backups, query::Watchers& watchers, audit::AuditLog& audit_log,
            exposition::DaemonMetrics& metrics, std::string data_directory, Duration snapshot_every)
      : engine_(engine),
        clock_(clock),
        clock_guard_(clock_guard),
        server_(server),
        ingest_service_(ingest_service),
        backups_(backups),
        watchers_(watchers),
        audit_log_(audit_log),
        metrics_(metrics),
        data_directory_(std::move(data_directory)),
        snapshot_every_(snapshot_every),
        snapshot_asked_(clock.SinceBoot()) {}

  void Look();

  /// From now on snapshots are asked for so often. Thread-safe.
  void ChangeSnapshotEvery(Duration every) { snapshot_every_.store(every); }

 private:
  void LookAtClock();
  void LookAtDisk();
  void LookAtSnapshots();

  engine::Engine& engine_;
  const Clock& clock_;
  ClockGuard& clock_guard_;
  ingest::GrpcServer& server_;
  ingest::IngestService& ingest_service_;
  ingest::Backups& backups_;
  query::Watchers& watchers_;
  audit::AuditLog& audit_log_;
  exposition::DaemonMetrics& metrics_;
  const std::string data_directory_;
  std::atomic<Duration> snapshot_every_;
  Duration snapshot_asked_;  // since boot, when one was asked for last
  bool clock_believed_ = true;
  bool serving_ = false;
};

}  // namespace iocd
