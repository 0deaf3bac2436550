#include "domain/target_status.h"

#include <algorithm>
#include <array>

#include "domain/target_comparison.h"

namespace iocd::domain {
namespace {

constexpr double kTooEarlyElapsed = 0.05;

constexpr std::array<absl::string_view, kTargetStatusCount> kStatusNames = {
    "no_data",   "achieved",  "no_deadline", "missed",  "awaiting_final", "no_baseline",
    "regressed", "too_early", "on_track",    "at_risk", "lagging"};

/// a >= b, or less only by noise.
bool ReachesUpToNoise(double a, double b) { return a >= b - NoiseOf(a, b); }

/// How far `time` lies on the way from `from` to `to`, 0..1; 0 where the way has no length.
double Elapsed(Timestamp from, Timestamp to, Timestamp time) {
  const Duration whole = to - from;
  if (whole.nanos <= 0) return 0;
  const double part = static_cast<double>((time - from).nanos) / static_cast<double>(whole.nanos);
  return std::clamp(part, 0.0, 1.0);
}

/// E: on the line from (t0, V0) through the milestones to (t_D, T).
double ExpectedAt(const TargetTerms& terms, Timestamp time) {
  CivilDate from = terms.baseline_date;
  double from_value = *terms.baseline;
  CivilDate to = *terms.deadline;
  double to_value = terms.value;
  for (const auto& [date, value] : terms.milestones) {
    if (time < date.Start()) {
      to = date;
      to_value = value;
      break;
    }
    from = date;
    from_value = value;
  }
  return from_value + (to_value - from_value) * Elapsed(from.Start(), to.Start(), time);
}

/// Rules 7 to 11: a value short of the target, on its way from the baseline.
void AssessCourse(const TargetTerms& terms, const TargetActual& actual, double sign,
                  TargetAssessment* result) {
  const double baseline = *terms.baseline;
  const double gained = sign * (actual.value - baseline);
  const double whole_gain = sign * (terms.value - baseline);  // G
  const double elapsed =
      Elapsed(terms.baseline_date.Start(), terms.deadline->Start(), actual.data_end);
  const double expected = ExpectedAt(terms, actual.data_end);
  const double shortfall = sign * (expected - actual.value);
  const double strictness = std::max(0.0, (elapsed - 0.75) / 0.25);  // k

  result->elapsed = elapsed;
  result->expected = expected;
  result->shortfall = shortfall;
  result->pace_on_track = 0.90 + 0.10 * strictness;
  result->pace_at_risk = 0.70 + 0.20 * strictness;
  if (whole_gain > 0) {
    const double expected_progress = sign * (expected - baseline) / whole_gain;  // P_E
    result->progress = gained / whole_gain;
    if (expected_progress > 0 && elapsed >= kTooEarlyElapsed) {
      result->pace = *result->progress / expected_progress;
      result->forecast = baseline + (actual.value - baseline) / expected_progress;
    }
  }

  const double epsilon = terms.tolerance;
  if (whole_gain <= 0 || gained < -epsilon - NoiseOf(actual.value, baseline)) {
    result->status = TargetStatus::kRegressed;
  } else if (elapsed < kTooEarlyElapsed) {
    result->status = TargetStatus::kTooEarly;
  } else if (shortfall <= epsilon + NoiseOf(expected, actual.value)) {
    result->status = TargetStatus::kOnTrack;
  } else if (whole_gain < 2 * epsilon - NoiseOf(terms.value, baseline)) {
    result->status = TargetStatus::kLagging;
  } else if (!result->pace || ReachesUpToNoise(*result->pace, *result->pace_on_track)) {
    result->status = TargetStatus::kOnTrack;
  } else if (ReachesUpToNoise(*result->pace, *result->pace_at_risk)) {
    result->status = TargetStatus::kAtRisk;
  } else {
    result->status = TargetStatus::kLagging;
  }
}

/// A target that must hold in every period.
TargetStatus MaintainStatus(const TargetTerms& terms, const TargetActual& actual, bool met,
                            Timestamp now) {
  if (!terms.deadline) return TargetStatus::kNoDeadline;
  const bool held = met && !actual.fell_short_before;
  if (actual.data_end >= terms.deadline->Start()) {
    return held ? TargetStatus::kAchieved : TargetStatus::kMissed;
  }
  if (!met) return TargetStatus::kLagging;
  if (now >= terms.deadline->Start()) return TargetStatus::kAwaitingFinal;
  return held ? TargetStatus::kOnTrack : TargetStatus::kAtRisk;
}

}  // namespace

absl::string_view TargetStatusName(TargetStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

TargetAssessment Assess(const TargetTerms& terms, const std::optional<TargetActual>& actual,
                        Timestamp now) {
  TargetAssessment result;
  if (!actual) return result;  // kNoData
  const double sign = SignOf(terms);
  const bool met = IsMet(terms, actual->value);
  result.gap = sign * (terms.value - actual->value);

  if (terms.trajectory == Trajectory::kMaintain) {
    result.status = MaintainStatus(terms, *actual, met, now);
  } else if (met) {
    result.status = TargetStatus::kAchieved;
  } else if (!terms.deadline) {
    result.status = TargetStatus::kNoDeadline;
  } else if (actual->data_end >= terms.deadline->Start()) {
    result.status = TargetStatus::kMissed;
  } else if (now >= terms.deadline->Start()) {
    result.status = TargetStatus::kAwaitingFinal;
  } else if (!terms.baseline) {
    result.status = TargetStatus::kNoBaseline;
  } else {
    AssessCourse(terms, *actual, sign, &result);
  }
  return result;
}

}  // namespace iocd::domain
