#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "base/file_system.h"
#include "base/mutex.h"
#include "engine/snapshot_cutter.h"
#include "engine/state.h"
#include "snapshot/snapshot_format.h"
#include "snapshot/snapshot_writer.h"

namespace iocd::engine {

/// What became of a snapshot.
struct SnapshotOutcome {
  absl::Status status;  // Cancelled: given up
  std::uint64_t start = 0;
  std::uint64_t end = 0;    // the last slice was cut there
  std::uint64_t bytes = 0;  // of the file
  /// Where the older of the kept snapshots starts: the log below is not needed for state. 0: there
  /// is only one.
  std::uint64_t older_start = 0;
};

/// Takes snapshots while the engine goes on: the engine's thread cuts slices between its groups, a
/// thread of this class writes them, and removes files on the side, as neither may hold up a
/// commit. All functions are for the engine's thread.
class SnapshotTaker {
 public:
  /// Both functions are called on the writing thread, holding no lock: `on_progress` when there is
  /// room again, an outcome, or files have been removed; `give_up` (may be empty) while a snapshot
  /// is read back, which may take many seconds: true ends it as GiveUp() does before.
  /// `file_system` outlives the taker.
  SnapshotTaker(FileSystem& file_system, std::string directory, std::function<void()> on_progress,
                std::function<bool()> give_up = {});
  /// Gives up a snapshot under way.
  ~SnapshotTaker();

  /// A snapshot has begun and its outcome has not been taken.
  bool busy() const { return busy_; }

  /// Begins a snapshot; not while busy(). `state` is what Advance() cuts.
  void Begin(const State& state, const snapshot::Head& head);

  /// Cuts one slice of about `max_bytes`, if the writer has room; `position` is the one up to which
  /// the state is complete. True: more can be cut at once.
  bool Advance(std::uint64_t position, std::size_t max_bytes);

  /// The outcome, once there is one.
  std::optional<SnapshotOutcome> TakeOutcome();
  /// Waits until Advance() can cut again or there is an outcome.
  void WaitForProgress();
  /// Ends the snapshot under way, if any; its outcome is then Cancelled. One of which everything
  /// has been cut goes on all the same, unless the `give_up` of the constructor says otherwise.
  void GiveUp();

  /// Removes files, in this order, behind what was asked for before. One that cannot be removed
  /// keeps those behind it; it is tried again with the next that are asked for.
  void RemoveFiles(std::vector<std::string> paths);
  /// Why a file could not be removed, if that happened since the last call.
  absl::Status TakeRemovalError();

 private:
  struct End {
    std::uint64_t position;
  };
  struct Abort {};
  struct Slice {
    std::uint64_t covered;
    std::string items;
  };
  struct Removal {
    std::vector<std::string> paths;
  };
  using Job = std::variant<snapshot::Head, Slice, End, Abort, Removal>;

  void Post(Job job);
  static std::size_t BytesOf(const Job& job);

  // On the writing thread:
  void Run();
  void Do(const snapshot::Head& head);
  void Do(const Slice& slice);
  void Do(const End& end);
  void Do(const Abort&);
  void Do(const Removal& removal);
  /// Nobody waits for the snapshot any more.
  bool IsGivenUp();
  /// The snapshot under way has come to this.
  void Conclude(SnapshotOutcome outcome);

  FileSystem& file_system_;
  const std::string directory_;
  const std::function<void()> on_progress_;
  const std::function<bool()> give_up_;

  // Engine's thread only.
  bool busy_ = false;
  std::optional<SnapshotCutter> cutter_;  // while there is something to cut
  std::uint64_t last_cut_ = 0;            // where the last slice was cut

  // Writing thread only.
  // None: what is left of the snapshot is dropped.
  std::unique_ptr<snapshot::SnapshotWriter> writer_;
  std::uint64_t start_ = 0;
  std::deque<std::string> unremoved_;  // files whose removal was asked for, in order

  mutable Mutex mutex_;
  CondVar changed_;
  std::deque<Job> jobs_ ABSL_GUARDED_BY(mutex_);
  std::size_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<SnapshotOutcome> outcome_ ABSL_GUARDED_BY(mutex_);
  absl::Status removal_error_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace iocd::engine
