#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "domain/civil_date.h"

namespace iocd::bookkeeper {

/// Decides when the ledger is brought up to the state. A round goes through all indicators: through
/// those that may have changed, or through the whole. A value; no clock of its own.
class Agenda {
 public:
  static constexpr Duration kHistoryEvery = Duration::Seconds(1);
  static constexpr Duration kRoundEvery = Duration::Seconds(60);
  static constexpr Duration kWholeRoundEvery = Duration::Seconds(3'600);
  static constexpr Duration kRetryAfter = Duration::Seconds(10);
  // Nobody mends a damaged file by waiting, and to find out takes long.
  static constexpr Duration kDamagedRetryAfter = Duration::Seconds(3'600);

  enum class Round : std::uint8_t { kNone, kChanged, kWhole };

  /// Which round is due at `now`. The whole: first of all, once an hour, on a new day (+07:00), at
  /// whose beginning periods end and close, and with another catalogue. Of what has changed: once a
  /// minute.
  Round Due(const ClockReading& now, const domain::Catalogue* catalogue) const;
  void Began(Round round, const ClockReading& now, const domain::Catalogue* catalogue);

  bool HistoryIsDue(Duration since_boot) const {
    return !history_looked_ || since_boot >= Later(*history_looked_, kHistoryEvery);
  }
  void LookedForHistory(Duration since_boot) { history_looked_ = since_boot; }

  /// False for a while after the ledger has failed.
  bool MayTry(Duration since_boot) const { return since_boot >= try_from_; }
  void Failed(Duration since_boot, bool damaged) {
    try_from_ = Later(since_boot, damaged ? kDamagedRetryAfter : kRetryAfter);
  }

 private:
  static constexpr Duration Later(Duration a, Duration b) { return {a.nanos + b.nanos}; }

  std::optional<Duration> history_looked_;
  std::optional<Duration> round_began_, whole_began_;
  domain::CivilDate day_;                         // of the last whole round
  const domain::Catalogue* catalogue_ = nullptr;  // of the last whole round; only compared
  Duration try_from_;
};

}  // namespace iocd::bookkeeper
