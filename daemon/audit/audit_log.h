#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "audit/audit_writer.h"
#include "audit/entry.h"
#include "audit/observer.h"
#include "audit/recorder.h"
#include "audit/refusals.h"
#include "base/clock.h"
#include "base/file_system.h"
#include "base/limits.h"
#include "base/mutex.h"

namespace iocd::audit {

/// The audit log: who did what from where, in files that only grow, each line chained to the one
/// before (docs/audit.md). A thread of its own writes; callers never wait for it. If the disk
/// refuses, the log is tried again at each Tick() and goes on with what waited.
///
/// Equal refusals become one entry for each minute (audit/refusals.h). Of first pushes (kFirstPush)
/// one is written for each who, from, department and producer, also over restarts as far as the
/// newest files tell: at most limits::kMaxFirstPushes in one run.
class AuditLog final : public Recorder {
 public:
  struct Options {
    std::string directory;
    std::uint64_t file_bytes = limits::kAuditFileBytes;
  };

  /// Takes entries from now on, and touches no file before Start(). All that it is given outlives
  /// it.
  AuditLog(Options options, FileSystem& file_system, const Clock& clock, Observer& observer);
  /// Stops it.
  ~AuditLog() override;
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  /// Begins to write, once this process alone holds the data directory.
  void Start();

  /// Thread-safe. When limits::kMaxQueuedAuditEntries wait for the disk, or after Stop(), the entry
  /// is dropped and counted, and the next one that is taken says how many are missing.
  void Record(Entry entry) override;

  /// To be called about once a second: ends the windows of refusals, tries a log that has failed
  /// again, and once a day has the head told. Returns at once. Thread-safe.
  void Tick();

  /// Writes what was taken, as far as the disk lets it, tells the head, and ends the thread.
  /// Start() and Stop() come from one thread.
  void Stop();

 private:
  void Enqueue(Logged logged) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ReportDropped() ABSL_LOCKS_EXCLUDED(mutex_);

  // The thread's.
  void Run();
  bool Prepare();
  bool FirstPrepare();
  bool WriteQueued();  // all; false: the disk refused
  std::vector<Logged> TakeQueued();
  bool IsToBeWritten(Logged* logged);
  void Fail(const absl::Status& why);
  void TellRecovery();
  void GiveUpPending();

  const Clock& clock_;
  Observer& observer_;

  Mutex mutex_;
  CondVar changed_;
  Refusals refusals_ ABSL_GUARDED_BY(mutex_);
  std::deque<Logged> queue_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t missing_ ABSL_GUARDED_BY(mutex_) = 0;     // dropped since the last that was taken
  std::uint64_t unreported_ ABSL_GUARDED_BY(mutex_) = 0;  // dropped, and the observer not told yet
  std::int64_t head_day_ ABSL_GUARDED_BY(mutex_) = 0;     // for which the head was told
  bool head_wanted_ ABSL_GUARDED_BY(mutex_) = false;
  bool ticked_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  // The thread's alone.
  AuditWriter writer_;
  bool opened_ = false;          // once
  bool usable_ = false;          // entries may be written
  bool failure_told_ = false;    // and its end not yet
  std::vector<Logged> pending_;  // taken from the queue, not written yet
  absl::flat_hash_set<std::string> first_pushes_;
  bool first_pushes_full_ = false;

  std::thread thread_;
};

}  // namespace iocd::audit
