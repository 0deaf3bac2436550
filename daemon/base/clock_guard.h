#pragma once

#include <optional>

#include "absl/status/status.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "base/timestamp.h"

namespace iocd {

/// Decides whether the wall clock may be believed; arrival times and the admission of events hang
/// on it. It is in doubt while
///   - it is more than limits::kMaxClockError behind the newest arrival in the log, or
///   - it stands more than limits::kMaxClockError from where the time since boot says it should.
/// The second follows a clock that is slewed by up to one part in limits::kMaxClockSlewDivisor, so
/// that a year of drift is no jump; many small jumps, which are faster than that, add up. While the
/// clock is in doubt nothing is followed: it is believed again when it is back where it should be,
/// or when an operator confirms it.
///
/// Asks no clock itself. Thread-safe; a check costs some tens of nanoseconds.
class ClockGuard {
 public:
  /// The log has been read; its newest batch arrived then (nullopt: it holds none). Until this is
  /// said the clock is in doubt.
  void LogHolds(std::optional<Timestamp> newest_arrival);

  /// OK, or Unavailable with a sentence that says what differs, by how much, and what to do. Called
  /// for each batch, and at least every few seconds so that slow drift is seen as such.
  absl::Status Check(const ClockReading& now);

  /// A batch that had passed Check() then is in the log now. To be called in the log's order.
  void Taken(Timestamp arrival);

  /// An operator says that the wall clock is right: from here on it is held against this reading
  /// and against what arrives later, no longer against what lies before.
  void Confirm(const ClockReading& now);

  /// What the wall clock should say by the time since boot; nullopt until a reading was believed.
  std::optional<Timestamp> Expected(const ClockReading& now) const;

 private:
  absl::Status Doubt(const ClockReading& now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Follow(const ClockReading& now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  /// The instant of boot by a wall clock that is believed, and when it was last brought up to date.
  struct Agreement {
    Timestamp boot;
    Duration since_boot;
  };

  mutable Mutex mutex_;
  bool log_was_read_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<Timestamp> newest_arrival_ ABSL_GUARDED_BY(mutex_);
  std::optional<Agreement> agreement_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd
