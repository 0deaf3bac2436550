#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace iocsim {

/// How the values of an indicator run; a key that is absent leaves the more general one in force.
struct Course {
  std::optional<double> rate_per_hour;  // flow, ratio, duration
  std::optional<absl::Duration> every;  // the other kinds
  std::optional<absl::Time> as_of;      // the other kinds: sent once, for this instant
  std::optional<double> value, spread, share, denominator, weight;
};

struct IndicatorCourse {
  Course general;
  std::map<std::string, Course> departments, members;  // by code: what is different there

  /// The course of one series: general, then its department's, then its member's.
  Course Of(const std::string& department, const std::string& member) const;
};

struct DepartmentBehaviour {
  bool silent = false;                            // nothing after the backlog
  absl::Duration late_by = absl::ZeroDuration();  // between event and sending
};

/// What `iocsim departments` sends; the format stands in config/demo/scenario.yaml.
struct Scenario {
  double speed = 1;
  absl::Duration backlog = absl::Hours(30 * 24);
  absl::Duration work_from = absl::Hours(7.5), work_to = absl::Hours(17);        // since midnight
  std::array<bool, 7> work_days = {true, true, true, true, true, false, false};  // from Monday
  double outside = 0.03;
  std::array<double, 24> daily_shape;  // by hour
  std::map<std::string, DepartmentBehaviour> departments;
  std::map<std::string, IndicatorCourse> indicators;

  Scenario() { daily_shape.fill(1); }

  /// Factor on every rate at an instant, in the province's zone: speed, working hours, daily shape.
  double RateFactor(absl::Time time) const;
  /// The largest value that RateFactor() takes.
  double MaxRateFactor() const;
};

/// Reads a scenario. InvalidArgument: every mistake that was found, one a line, "FILE:LINE: …".
absl::StatusOr<Scenario> LoadScenario(const std::string& path);

}  // namespace iocsim
