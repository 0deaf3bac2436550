#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/civil_date.h"
#include "domain/indicator_kind.h"

namespace iocd::domain {

enum class TargetOperator : std::uint8_t { kAtLeast, kMoreThan, kAtMost, kLessThan };

/// The course that is expected between baseline and deadline.
enum class Trajectory : std::uint8_t {
  kLinear,    // a straight line, or through the milestones
  kMaintain,  // must hold in every period
};

enum class TargetStatus : std::uint8_t {
  kNoData,
  kAchieved,
  kNoDeadline,
  kMissed,
  kAwaitingFinal,
  kNoBaseline,
  kRegressed,
  kTooEarly,
  kOnTrack,
  kAtRisk,
  kLagging,
};
inline constexpr std::size_t kTargetStatusCount = 11;
absl::string_view TargetStatusName(TargetStatus status);  // "no_data"

/// The numbers of a target: what it asks, from where, by when.
struct TargetTerms {
  Direction direction = Direction::kHigher;
  TargetOperator op = TargetOperator::kAtLeast;
  double value = 0;                   // T; of a range its floor
  std::optional<CivilDate> deadline;  // t_D, exclusive
  std::optional<double> baseline;     // V0
  CivilDate baseline_date;            // t0; meaningless without baseline
  double tolerance = 0;               // epsilon >= 0
  Trajectory trajectory = Trajectory::kLinear;
  std::vector<std::pair<CivilDate, double>> milestones;  // by date, strictly between t0 and t_D
};

/// The value held against a target, and the exclusive end t of the period that its data cover.
struct TargetActual {
  double value = 0;
  Timestamp data_end;
  // Of a target to be maintained: the value of a closed period before this one did not hold.
  bool fell_short_before = false;
};

/// Status and the figures behind it. A figure is absent where its formula does not apply: the
/// status was decided before it was needed, or its divisor is not above 0.
struct TargetAssessment {
  TargetStatus status = TargetStatus::kNoData;
  std::optional<double> elapsed;        // tau, 0..1
  std::optional<double> expected;       // E
  std::optional<double> shortfall;      // d = s(E - V); above 0: behind
  std::optional<double> gap;            // s(T - V), also without baseline
  std::optional<double> progress;       // P
  std::optional<double> pace;           // R = P / P_E
  std::optional<double> forecast;       // F
  std::optional<double> pace_on_track;  // hi: from this pace on_track
  std::optional<double> pace_at_risk;   // lo: from this pace at_risk
};

/// Rules and formulas of target status, first match wins (docs/targets.md). Stateless; time in
/// whole and broken days. `actual` is nullopt where there is no value. A target without direction
/// is held by its operator: at least and more than count as "higher is better".
TargetAssessment Assess(const TargetTerms& terms, const std::optional<TargetActual>& actual,
                        Timestamp now);

}  // namespace iocd::domain
