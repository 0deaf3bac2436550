#include "domain/freshness.h"

namespace iocd::domain {
namespace {

constexpr absl::string_view kNames[] = {"fresh", "due", "late", "missing", "waived"};

bool HasCome(const Obligation& obligation, Timestamp now) {
  return obligation.received && *obligation.received <= now;
}

}  // namespace

absl::string_view FreshnessName(Freshness freshness) {
  return kNames[static_cast<std::size_t>(freshness)];
}

Freshness FreshnessOf(const Obligation& obligation, Timestamp now) {
  const DueTimes& times = obligation.times;
  if (obligation.waived) return Freshness::kWaived;
  if (!times.owed || HasCome(obligation, now) || now < times.owed_from) return Freshness::kFresh;
  if (now < times.late_from) return Freshness::kDue;
  return now < times.closes_at ? Freshness::kLate : Freshness::kMissing;
}

bool CountsAsLate(const Obligation& obligation, Timestamp now) {
  if (obligation.waived || !obligation.times.owed) return false;
  const Timestamp came = HasCome(obligation, now) ? *obligation.received : now;
  return came >= obligation.times.late_from;
}

Freshness RealtimeFreshness(Duration max_silence, const WorkingDays& days, Timestamp heard,
                            bool waived, Timestamp now) {
  if (waived) return Freshness::kWaived;
  if (days.WorkingTime(heard, now) <= max_silence) return Freshness::kFresh;
  const bool since_an_earlier_close = days.WorkingTime(heard, days.LatestClose(now)) > max_silence;
  return since_an_earlier_close ? Freshness::kMissing : Freshness::kLate;
}

}  // namespace iocd::domain
