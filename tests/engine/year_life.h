#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "base/timestamp.h"
#include "domain/rollup.h"
#include "engine/year_plan.h"
#include "engine/year_territory.h"
#include "support/engine_harness.h"

namespace iocd::year {

/// An engine over a disk in memory, and the senders of a plan: they send in the order of arrival
/// and, after a restart, again what had no answer. Expects every batch to be taken.
class Life {
 public:
  /// Both outlive it. Starts the engine.
  Life(const Territory& territory, const Plan& plan);

  /// Submits all that arrives by then, without waiting for answers.
  void Send(Timestamp until);
  /// The same, until everything is durable and applied.
  void SendAndWait(Timestamp until);
  /// Lets the engine cut a snapshot while more comes.
  void RequestSnapshot() { harness_.engine().RequestSnapshot(); }
  /// Waits until the one that was requested since the start is on the disk.
  void AwaitSnapshot();
  /// The process dies, and what was not synced is gone; another starts.
  void DieAndRestart();

  /// Runs `read` while the state stands still.
  void Read(Timestamp now, absl::FunctionRef<void(const domain::Reading&)> read);
  /// Canonical bytes of all series.
  std::string SeriesBytes();

  /// Restarts that went on from another snapshot than the one before.
  int restarts_from_snapshots() const { return from_snapshots_; }
  /// Batches of which a process that died had given no answer.
  std::size_t sent_again() const { return sent_again_; }

 private:
  /// Events of one department that arrive together.
  struct Parcel {
    std::size_t begin, end;  // of the plan's events
    std::uint64_t sequence;  // of the department
  };

  void Start();
  engine::Batch BatchOf(const Parcel& parcel);

  const Plan& plan_;
  std::vector<Parcel> parcels_;
  std::size_t next_ = 0;                      // to be submitted
  std::atomic<std::size_t> acknowledged_{0};  // those before it were answered
  int from_snapshots_ = 0;
  std::uint64_t snapshot_ = 0;  // where the last one begins
  std::size_t sent_again_ = 0;
  iocd::testing::EngineHarness harness_;  // last: its end answers what waits
};

}  // namespace iocd::year
