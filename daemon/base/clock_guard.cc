#include "base/clock_guard.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/limits.h"

namespace iocd {
namespace {

constexpr Duration kShortestStep = Duration::Seconds(1);

/// For people: "61 s", "5 min", "3 h 20 min", "12 days 4 h".
std::string LengthText(Duration length) {
  const std::int64_t seconds = length.ToWholeSeconds();
  const std::int64_t minutes = seconds / 60, hours = minutes / 60;
  if (seconds < 300) return absl::StrCat(seconds, " s");
  if (hours == 0) return absl::StrCat(minutes, " min");
  if (hours < 48) return absl::StrCat(hours, " h ", minutes % 60, " min");
  return absl::StrCat(hours / 24, " days ", hours % 24, " h");
}

/// `difference` says what the clock disagrees with.
absl::Status InDoubt(Timestamp wall, const std::string& difference) {
  return absl::UnavailableError(absl::StrCat(
      "the daemon's clock is in doubt: it says ", ToLocalText(wall), ", ", difference,
      "; until it is set right, or confirmed with 'iocctl clock confirm', nothing is taken: repeat "
      "the same later"));
}

}  // namespace

void ClockGuard::LogHolds(std::optional<Timestamp> newest_arrival) {
  MutexLock lock(mutex_);
  log_was_read_ = true;
  newest_arrival_ = newest_arrival;
}

absl::Status ClockGuard::Check(const ClockReading& now) {
  MutexLock lock(mutex_);
  absl::Status doubt = Doubt(now);
  if (doubt.ok()) {
    Follow(now);
  } else if (agreement_) {
    // What passes in doubt must not count as time in which the clock may have been slewed.
    agreement_->since_boot = std::max(agreement_->since_boot, now.since_boot);
  }
  return doubt;
}

void ClockGuard::Taken(Timestamp arrival) {
  MutexLock lock(mutex_);
  newest_arrival_ = arrival;
}

void ClockGuard::Confirm(const ClockReading& now) {
  MutexLock lock(mutex_);
  newest_arrival_.reset();
  agreement_ = {now.wall - now.since_boot, now.since_boot};
}

std::optional<Timestamp> ClockGuard::Expected(const ClockReading& now) const {
  MutexLock lock(mutex_);
  if (!agreement_) return std::nullopt;
  return agreement_->boot + now.since_boot;
}

absl::Status ClockGuard::Doubt(const ClockReading& now) const {
  if (!log_was_read_) {
    return absl::UnavailableError(
        "the daemon is starting: it checks its clock; try the same again in a moment");
  }
  if (newest_arrival_ && *newest_arrival_ - now.wall > limits::kMaxClockError) {
    return InDoubt(now.wall, absl::StrCat(LengthText(*newest_arrival_ - now.wall),
                                          " before the newest batch in its log arrived, ",
                                          ToLocalText(*newest_arrival_)));
  }
  if (!agreement_) return absl::OkStatus();
  const Duration jump = now.wall - (agreement_->boot + now.since_boot);
  const Duration length{std::abs(jump.nanos)};
  if (length <= limits::kMaxClockError) return absl::OkStatus();
  return InDoubt(now.wall,
                 absl::StrCat(LengthText(length), jump.nanos > 0 ? " ahead of " : " behind ",
                              "the time that has passed since boot, by which it is ",
                              ToLocalText(agreement_->boot + now.since_boot)));
}

void ClockGuard::Follow(const ClockReading& now) {
  const Timestamp boot = now.wall - now.since_boot;
  if (!agreement_) {
    agreement_ = {boot, now.since_boot};
    return;
  }
  // Readings of several threads may come in out of order. Those that come close together are
  // followed in one step, for rounding would eat small ones.
  const Duration passed{now.since_boot.nanos - agreement_->since_boot.nanos};
  if (passed < kShortestStep) return;
  const std::int64_t slew = passed.nanos / limits::kMaxClockSlewDivisor;
  agreement_->boot.nanos += std::clamp((boot - agreement_->boot).nanos, -slew, slew);
  agreement_->since_boot = now.since_boot;
}

}  // namespace iocd
