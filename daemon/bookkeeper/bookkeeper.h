#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "base/clock.h"
#include "base/clock_guard.h"
#include "base/mutex.h"
#include "base/timestamp.h"
#include "bookkeeper/agenda.h"
#include "bookkeeper/change_finder.h"
#include "bookkeeper/open_ledger.h"
#include "bookkeeper/rounds.h"
#include "engine/engine.h"
#include "ledger/records.h"
#include "standing/standing.h"

namespace iocd::bookkeeper {

/// One attempt to bring the ledger further.
struct UpdateOutcome {
  absl::Status status;
  Duration took;
  Timestamp at;
  std::uint64_t ledger_bytes = 0;
};

/// Told how it goes with the ledger, for metrics and logs. Calls come from the bookkeeper's thread.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void UpdateEnds(const UpdateOutcome& /*outcome*/) {}
  /// The ledger was well and is no longer. It is tried again.
  virtual void LedgerFailed(const std::string& /*why*/) {}
  virtual void LedgerRecovered() {}
  /// The ledger comes from a log that went further than the present one does.
  virtual void LedgerIsAhead(std::uint64_t /*ledger*/, std::uint64_t /*log*/) {}
};

/// Keeps the ledger in step with the state: what changes in the standing once a second, periods and
/// reports each minute, everything each hour (Agenda). Whatever happens to the ledger, nobody waits
/// for it, the last room on the disk is left to the log (room.h), and what it lacks is written once
/// it is well: of period values and reports everything, of history up to kMostChanges changes and
/// from then on what stands at the end. While the clock is in doubt nothing is written: what has
/// ended and what is late hangs on it.
///
/// Has no thread: BookkeeperThread lends it one. One thread at a time, unless said otherwise.
class Bookkeeper {
 public:
  static constexpr std::size_t kMostChanges = 100'000;  // that wait for a ledger which fails

  /// The engine is ready. What is given by reference outlives the bookkeeper.
  Bookkeeper(const engine::Engine& engine, const Clock& clock, ClockGuard& clock_guard,
             OpenedLedger ledger, Observer& observer)
      : engine_(engine),
        clock_(clock),
        clock_guard_(clock_guard),
        ledger_(std::move(ledger)),
        observer_(observer),
        rounds_(engine) {}

  /// The newest standing, from which history is made. Takes no time. Thread-safe.
  void Tell(standing::StandingPtr standing);

  /// Does one piece of what is due: at most one update. False: there is nothing more to do now.
  bool Look();

  /// A last round, so that the ledger holds everything that has been applied; given up after
  /// `patience`, for the next start makes good for it.
  void Finish(Duration patience);

  /// A check of the ledger that is under way in Look() ends soon. Thread-safe.
  void Hurry() { hurry_.store(true, std::memory_order_release); }

 private:
  /// Reads a large ledger through, and finds out what its history says last.
  absl::Status Begin();
  void FindChanges(const ClockReading& now);
  bool WriteChanges(Timestamp now);
  bool WriteNext(Timestamp now);
  bool Write(const ledger::Update& update);
  /// Tells of a change from well to unwell and back. True: all is well.
  bool Settle(const absl::Status& status);

  const engine::Engine& engine_;
  const Clock& clock_;
  ClockGuard& clock_guard_;
  OpenedLedger ledger_;
  Observer& observer_;
  Agenda agenda_;
  Rounds rounds_;
  std::optional<ChangeFinder> finder_;   // nullopt: not begun
  std::vector<ledger::Change> changes_;  // that wait to be written
  bool well_ = true;
  std::atomic<bool> hurry_{false};

  Mutex mutex_;
  standing::StandingPtr newest_ ABSL_GUARDED_BY(mutex_);  // nullptr: none since the last look
};

}  // namespace iocd::bookkeeper
