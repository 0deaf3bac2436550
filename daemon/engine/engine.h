#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "base/limits.h"
#include "base/mutex.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "engine/backup_files.h"
#include "engine/batch.h"
#include "engine/engine_observer.h"
#include "engine/recovery.h"
#include "engine/snapshot_taker.h"
#include "engine/state.h"
#include "eventlog/event_log.h"

namespace iocd::engine {

/// Owns the event log and all state. One thread of its own appends, syncs, applies and answers, in
/// that order; batches that arrive while a sync runs share the next one (group commit). Between
/// groups it cuts slices of a snapshot, so that a restart need not read the whole log; what lies
/// below both kept snapshots and past retention is removed.
///
/// Threads: every public function may be called from any thread. Callbacks run on the engine's
/// thread, those of Submit() and Ask() in the order in which batches were made durable: they must
/// not block and must not call Read() or Stop().
class Engine {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<Answer>) &&>;
  /// Given the state, which stands still until the question returns.
  using Question = absl::AnyInvocable<void(absl::StatusOr<const State*>) &&>;
  using BackupTaker = absl::AnyInvocable<void(absl::StatusOr<BackupFiles>) &&>;
  using ChangeDone = absl::AnyInvocable<void(absl::Status) &&>;

  struct Options {
    std::string data_directory;
    std::size_t max_queued_bytes = limits::kMaxQueuedBytes;  // beyond it Submit() refuses
    std::uint64_t segment_bytes = limits::kSegmentBytes;
    eventlog::Retention retention = {limits::kDefaultRetention, limits::kDefaultMaxLogBytes};
    std::uint64_t snapshot_every_bytes = limits::kDefaultSnapshotEveryBytes;  // of new log
    std::size_t slice_bytes = limits::kSliceBytes;  // of a snapshot, cut between two groups
    std::function<bool()> stop_requested;           // asked during the replay, which may take long
  };

  /// Touches no file. `file_system` and `observer` outlive the engine.
  Engine(Options options, FileSystem& file_system, domain::Catalogue catalogue,
         EngineObserver& observer);

  /// Locks the data directory, loads the newest snapshot, replays the log behind it, gives every
  /// department, indicator and member of the catalogue its id (appending `define` records for new
  /// ones) and starts the thread. May take minutes; until it has returned OK the engine is not
  /// ready. Called once. Errors: AlreadyExists (another daemon holds the directory),
  /// PermissionDenied, DataLoss (a damaged log: the message says where), FailedPrecondition (files
  /// of another version of the format), Unavailable, ResourceExhausted (no space), Cancelled
  /// (`options.stop_requested` said so; nothing was changed).
  absl::Status Recover();
  ~Engine();

  /// OK once Recover() has succeeded; Unavailable, with a sentence for the caller, before.
  absl::Status CheckReady() const;

  /// The present catalogue, for admission and for readers, who go on with it undisturbed when
  /// another takes its place. Its ids are valid once the engine is ready.
  std::shared_ptr<const domain::Catalogue> catalogue() const;
  const Recovery& recovery() const { return recovery_; }

  /// Takes a batch. `done` is called exactly once: with an answer when the batch is durable and
  /// applied (or was before: a duplicate); with a status when nothing was taken:
  ///   AlreadyExists        the sequence or batch id was used with other content;
  ///   FailedPrecondition   below the floor of closed gaps, a jump above kMaxSequenceJump, or too
  ///                        many names of producers;
  ///   ResourceExhausted    the queue is full: repeat later;
  ///   Unavailable          starting, stopping, or the disk refused: the outcome is unknown, repeat
  ///                        the same.
  /// It may run before Submit() returns (a full queue, starting or stopping).
  void Submit(Batch batch, Done done);

  /// Runs `question` exactly once, when every batch submitted before is durable and applied (Read()
  /// may come before those that wait). With a status, and perhaps before Ask() returns:
  ///   ResourceExhausted    the queue is full: ask later;
  ///   Unavailable          starting, stopping, or the disk refused a batch submitted before.
  void Ask(Question question);

  /// Opens the files of a backup between two groups, also while the log refuses: whatever was
  /// acknowledged before the call is in it, and nothing that was not. `take` runs exactly once; the
  /// files are then its own, and neither retention nor snapshots wait for it. Errors: Unavailable
  /// (starting or stopping; perhaps before OpenBackup() returns), and the file system's.
  void OpenBackup(BackupTaker take);

  /// Puts another catalogue in the place of the present one, between two groups, once the `define`
  /// records of what it adds are durable. `done` runs exactly once, with OK when catalogue() has
  /// returned the new one before. Unavailable (starting, stopping, or the disk refused; perhaps
  /// before ChangeCatalogue() returns): the present one stays.
  /// No id is ever taken away: batches that were admitted by the catalogue before are applied as
  /// they are, and what the new one lacks keeps its state, which is there again when a later one
  /// has it. An indicator whose kind changes is another one with a state of its own.
  void ChangeCatalogue(domain::Catalogue catalogue, ChangeDone done);

  /// The same for when snapshots are taken and old segments go.
  void ChangeUpkeep(const eventlog::Retention& retention, std::uint64_t snapshot_every_bytes);

  /// True while the queue is at most half full; a stream reads on only then. The other half is for
  /// batches of streams that asked at the same moment, and for unary calls.
  bool HasRoom() const;

  /// Runs `read` while the state stands still; only once the engine is ready. A read that begins
  /// after an answer includes its batch. Keep it short (one indicator at a time): the engine waits
  /// meanwhile.
  void Read(absl::FunctionRef<void(const State&)> read) const;

  /// Grows with every group of batches that was applied, before the first of them is answered, and
  /// with every change of the catalogue: who has seen it stand still knows that what Read() shows
  /// is what it showed then. Takes no lock.
  std::uint64_t Changes() const { return changes_.load(std::memory_order_acquire); }

  /// A place in the log: whatever stands below it is in what Read() shows from now on.
  std::uint64_t AppliedPosition() const { return applied_.load(std::memory_order_acquire); }

  /// False while the log refuses: pushes answer Unavailable until it takes them again.
  bool Healthy() const { return healthy_.load(std::memory_order_acquire); }
  /// Why, in the words of what refused; OK while healthy.
  absl::Status CheckLog() const;
  std::uint64_t LogBytes() const { return log_bytes_.load(std::memory_order_relaxed); }
  /// Of them, those that a restart would read: behind the start of the newest snapshot.
  std::uint64_t ReplayBytes() const { return replay_bytes_.load(std::memory_order_relaxed); }
  std::size_t QueuedBatches() const;

  /// Takes a snapshot soon, if the log holds anything new since the last one and none is under way.
  void RequestSnapshot();
  /// Tries whether a log that refused takes batches again; does nothing to a healthy one. Batches
  /// try too, but while the daemon calls itself unwell none may come.
  void RequestLogRetry();

  /// Stops taking batches (Submit answers Unavailable), finishes what was taken, takes a last
  /// snapshot, joins the thread. Idempotent.
  void Stop();
  /// Stop() waits for the last snapshot no longer; the next start reads more of the log instead.
  void HurryStop();

 private:
  /// What waits in the queue: a batch, or a question in its place among them.
  struct Pending {
    Batch batch;
    Done done;
    Question question;  // instead of the two above

    std::size_t Bytes() const { return question ? sizeof(Pending) : batch.record.size(); }
    void Refuse(absl::Status why) &&;
  };
  class Group;
  /// Something to be done once between two groups, or told why it cannot be.
  using Task = absl::AnyInvocable<void(absl::Status refused) &&>;

  void Enqueue(Pending pending);
  void BetweenGroups(Task task);

  // On the engine's thread:
  void Run();
  /// Waits for batches, questions and other work; takes as many of the first two as make one group,
  /// perhaps none. False: stopping, and nothing is left.
  bool TakePending(std::vector<Pending>* pending);
  /// Lets the thread look for other work.
  void Wake();
  /// What the log said last; tells the observer of a change.
  void SetHealthy(const absl::Status& log);
  void RetryLog();
  void PublishSizes();
  void RunTasks();
  Timestamp NewestArrival() const;  // of the log; the epoch while it is empty
  // engine_catalogue.cc; Recover() takes the same way before there is a thread
  /// Gives everything in the catalogue its id and makes it the present one.
  absl::Status UseCatalogue(std::shared_ptr<domain::Catalogue> next);
  absl::Status DefineMissing(const domain::Catalogue& next);
  // engine_commit.cc
  void Commit(std::vector<Pending> pending);
  /// Makes the log ready for a group of that size; says whether all is well again.
  absl::Status PrepareLog(std::size_t bytes);
  /// Puts the batch into the group, answers it at once, or carries it over to the next group. A
  /// question is never put into the group.
  void Place(Pending pending, Group* group);
  void ApplyAndAnswer(Group* group);
  void FailGroup(Group* group, const absl::Status& why);
  /// What stands in the log cannot be applied: a defect of ours, after which the state is not what
  /// the log says. So it must get into no snapshot.
  void FoundDefect(const absl::Status& what);
  absl::StatusOr<Answer> AnswerOf(const Taken& taken) const;
  absl::StatusOr<std::vector<domain::Refusal>> RefusalsAt(std::uint64_t position) const;
  // engine_snapshots.cc
  void TendSnapshots();
  bool SnapshotIsDue();
  void BeginSnapshot();
  void TakeSnapshotOutcome();
  void ForgetOldSegments(std::uint64_t below);
  /// At the end of a clean stop, so that the next start has next to nothing to read.
  void LeaveCleanly();

  const Options options_;
  FileSystem& file_system_;
  EngineObserver& observer_;
  std::unique_ptr<DirectoryLock> directory_lock_;
  Recovery recovery_;
  std::atomic<bool> ready_{false};
  std::atomic<bool> healthy_{true};
  std::atomic<std::uint64_t> changes_{0};
  std::atomic<std::uint64_t> applied_{0};

  std::unique_ptr<eventlog::EventLog> log_;   // engine thread only
  std::vector<Pending> carried_;              // engine thread only
  absl::Status defect_;                       // engine thread only: nothing is taken after it
  eventlog::Retention retention_;             // engine thread only
  std::uint64_t snapshot_every_bytes_;        // engine thread only
  std::size_t refused_bytes_ = 0;             // engine thread only: of the largest group refused
  std::unique_ptr<SnapshotTaker> snapshots_;  // engine thread only
  std::uint64_t snapshot_tried_at_ = 0;       // engine thread only: where the last one began
  std::uint64_t snapshot_end_ = 0;            // engine thread only: of the last that succeeded
  bool more_to_cut_ = false;                  // engine thread only
  std::atomic<bool> snapshot_requested_{false};
  std::atomic<bool> log_retry_requested_{false};
  std::atomic<bool> hurry_{false};
  std::uint64_t snapshot_start_ = 0;  // engine thread only: of the last that succeeded
  std::atomic<std::uint64_t> log_bytes_{0};
  std::atomic<std::uint64_t> replay_bytes_{0};

  mutable Mutex catalogue_mutex_;
  std::shared_ptr<const domain::Catalogue> catalogue_ ABSL_GUARDED_BY(catalogue_mutex_);

  // Written by the engine thread alone, under the mutex; so that thread reads without it.
  mutable Mutex state_mutex_;
  State state_;

  mutable Mutex queue_mutex_;
  CondVar queue_changed_;
  std::deque<Pending> queue_ ABSL_GUARDED_BY(queue_mutex_);
  std::size_t queued_bytes_ ABSL_GUARDED_BY(queue_mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(queue_mutex_) = false;
  bool woken_ ABSL_GUARDED_BY(queue_mutex_) = false;
  std::vector<Task> tasks_ ABSL_GUARDED_BY(queue_mutex_);
  absl::Status log_status_ ABSL_GUARDED_BY(queue_mutex_);
  std::thread thread_;
};

}  // namespace iocd::engine
