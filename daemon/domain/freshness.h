#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/due_rule.h"
#include "domain/working_days.h"

namespace iocd::domain {

/// Whether what is owed has come; says nothing about the value (docs/calendar.md).
enum class Freshness : std::uint8_t {
  kFresh,    // it has come, on time or late; or nothing is owed yet
  kDue,      // owed, has not come, and is not late
  kLate,     // has not come in time, and is still taken
  kMissing,  // the period was closed without it: no value, never zero
  kWaived,   // an authorised person let it off
};
absl::string_view FreshnessName(Freshness freshness);  // "fresh"

/// The report of one period that one department owes of one indicator.
struct Obligation {
  DueTimes times;
  std::optional<Timestamp> received;  // when the first value that covers the period arrived
  bool waived = false;
};

/// At `now`. What arrived after `now` has not come, so that any instant of the past can be asked
/// for.
Freshness FreshnessOf(const Obligation& obligation, Timestamp now);

/// Whether it stands in the year's count of late reports at `now`: it came late, or has not come
/// and is late or missing. It stays there, also when it comes; only a waiver takes it out.
bool CountsAsLate(const Obligation& obligation, Timestamp now);

/// Of a realtime series: late once the working time since it was last heard exceeds `max_silence`
/// (above 0); missing once the hours of the working day have ended on which that happened. Never
/// `due`. `heard`: arrival of its latest event, or if there is none the instant from which events
/// are owed.
Freshness RealtimeFreshness(Duration max_silence, const WorkingDays& days, Timestamp heard,
                            bool waived, Timestamp now);

}  // namespace iocd::domain
