#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "base/mutex.h"
#include "engine/engine.h"
#include "engine/taken_batches.h"
#include "support/memory_file_system.h"

namespace iocd::engine {

/// An engine over a disk in memory, and its sender: one that repeats a batch until it is answered
/// before it sends the next. Knows all that was answered and expects the engine to live up to it;
/// what does not fit fails the test.
///
/// Nothing is left to chance although three threads are at work: batches follow each other on the
/// engine's thread, one to a group, with one slice of a snapshot cut behind each; the thread that
/// writes snapshots is held until all batches are through, and then goes on alone. So two equal
/// lives make equal calls of the file system in equal order.
class WatchedEngine final : public EngineObserver {
 public:
  /// `disk` outlives it.
  explicit WatchedEngine(iocd::testing::MemoryFileSystem& disk) : disk_(disk) {}
  /// Goes on with what the sender of `before` knows, on another disk.
  WatchedEngine(iocd::testing::MemoryFileSystem& disk, const WatchedEngine& before);

  /// Whether segments that no snapshot needs are removed, from the next start on.
  void RemoveOldSegments(bool remove) { options_.retention.bytes = remove ? 0 : kEverything; }

  /// Opens the engine on what the disk holds, at the second try if need be, and compares its state
  /// with what was taken. While the engine cannot be opened, all below does nothing.
  void Start();
  bool StartOnce();
  /// The same without the comparison.
  bool Open();
  /// Why the last start failed.
  const absl::Status& refusal() const { return refusal_; }
  const Recovery& recovery() const { return engine_->recovery(); }
  std::string EncodedState() const;

  /// Sends that many new batches, after the one that is still without an answer. Gives up at a
  /// batch that is refused twice.
  void Push(int batches);
  /// The same, with a snapshot that begins behind the first of them.
  void PushDuringSnapshot(int batches);
  /// The same, but the power goes before the snapshot is written.
  void PushUntilPowerLoss(int batches);
  /// Repeats all that was taken: the answers must be those of then.
  void RepeatAll();

  /// Sends one batch alone.
  absl::StatusOr<Answer> Send(const Batch& batch);

  /// A clean stop.
  void Stop();
  /// Ends as by SIGKILL: without a trace on the disk.
  void Die();

  const TakenBatches& taken() const { return taken_; }
  bool WithoutAnswer() const { return unanswered_.has_value(); }

  // EngineObserver
  void RecoveryEnds(const Recovery& recovery) override;
  void SnapshotBegins() override;
  void SnapshotEnds(const SnapshotOutcome& outcome) override;

 private:
  static constexpr std::uint64_t kEverything = std::uint64_t{1} << 40;

  /// A row of batches on its way.
  struct Row {
    std::deque<Batch> waiting;
    int refused = 0;  // times that the first of them was
    bool snapshot = false;
    std::promise<void> ended;
  };

  void SendRow(int batches, bool snapshot);
  // On the engine's thread:
  void SubmitNext(Row* row);
  void TakeAnswer(absl::StatusOr<Answer> answer, Row* row);

  void ExpectRepeated(const TakenBatch& taken, const absl::StatusOr<Answer>& answer) const;
  void CheckState();
  void AwaitSnapshot();
  void AwaitRemovals(std::uint64_t from, std::uint64_t below);
  std::uint64_t LogEnd() const { return snapshot_start_ + engine_->ReplayBytes(); }
  std::uint64_t LogBegin() const { return LogEnd() - engine_->LogBytes(); }

  iocd::testing::MemoryFileSystem& disk_;
  Engine::Options options_{.data_directory = "/data",
                           .segment_bytes = 1'000,
                           .retention = {Duration::Days(35), kEverything},
                           .slice_bytes = 700};
  TakenBatches taken_;
  std::optional<Batch> unanswered_;  // whether it was taken is unknown
  std::uint64_t made_ = 0;           // batches
  std::unique_ptr<Engine> engine_;
  absl::Status refusal_;
  std::uint64_t snapshot_start_ = 0;  // of the newest one that the engine knows

  Mutex mutex_;
  CondVar ended_;
  bool snapshot_runs_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace iocd::engine
