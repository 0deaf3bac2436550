#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "audit/recorder.h"
#include "base/mutex.h"
#include "door/caller.h"
#include "door/doorkeeper.h"
#include "engine/engine.h"
#include "ingest/backup_stream.h"

namespace iocd::ingest {

/// Told of backups, for metrics and logs. Calls come from the thread that sends one.
class BackupObserver {
 public:
  virtual ~BackupObserver() = default;

  virtual void BackupBegins(std::size_t /*files*/, std::uint64_t /*bytes*/) {}
  /// OK: all of it was sent. Cancelled: the receiver went away. Unavailable: a file could not be
  /// read, or the daemon is stopping. Also without BackupBegins(), if the files could not be
  /// opened.
  virtual void BackupEnds(const absl::Status& /*status*/) {}
  /// The ledger could not be copied: the backup goes on without it.
  virtual void LedgerLeftOut(const absl::Status& /*why*/) {}
};

/// Sends backups, one at a time, each on a thread of its own: a slow receiver holds up nothing but
/// that, and keeps nothing of the daemon's but the open files. Thread-safe. What it is given
/// outlives it; it outlives the gRPC server.
class Backups {
 public:
  /// Opens a copy of the ledger. Called on the thread of a backup, before the log is opened.
  using OpenLedger = std::function<absl::StatusOr<engine::BackupFile>()>;

  /// `iocd_version` of the daemon, for who receives a backup.
  Backups(engine::Engine& engine, OpenLedger open_ledger, BackupObserver& observer,
          door::Doorkeeper& doorkeeper, audit::Recorder& recorder, std::string iocd_version)
      : engine_(engine),
        open_ledger_(std::move(open_ledger)),
        observer_(observer),
        doorkeeper_(doorkeeper),
        recorder_(recorder),
        iocd_version_(std::move(iocd_version)) {}
  ~Backups();
  Backups(const Backups&) = delete;
  Backups& operator=(const Backups&) = delete;

  /// Answers one call of AdminService.Backup, and records it in the audit log.
  grpc::ServerWriteReactor<ioc::v1::BackupPart>* Start(grpc::CallbackServerContext& context,
                                                       const door::CallerPtr& caller);

  /// Ends the backup under way if its receiver may no longer take one.
  void Look();

  /// Ends the backup under way, and refuses those to come.
  void Drain();

 private:
  absl::Status CheckFree() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Run(BackupStream* stream, const audit::Caller& caller);
  absl::StatusOr<engine::BackupFiles> Open();
  absl::Status Send(BackupStream* stream, const audit::Caller& caller);
  void Record(const audit::Caller& caller, audit::Outcome outcome, std::string what,
              const absl::Status& why);

  engine::Engine& engine_;
  const OpenLedger open_ledger_;
  BackupObserver& observer_;
  door::Doorkeeper& doorkeeper_;
  audit::Recorder& recorder_;
  const std::string iocd_version_;
  Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  BackupStream* current_ ABSL_GUARDED_BY(mutex_) = nullptr;  // while it may be written to
  door::CallerPtr receiver_ ABSL_GUARDED_BY(mutex_);         // of the current one; nullptr: is out
  std::thread thread_ ABSL_GUARDED_BY(mutex_);               // of the current one, or the last
};

}  // namespace iocd::ingest
