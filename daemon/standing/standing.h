#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "domain/reports.h"
#include "domain/scorecard.h"
#include "engine/engine.h"

namespace iocd::standing {

/// The value of one indicator, of a department or the province: of its 30 days, or of the kinds
/// that keep it the latest.
struct IndicatorValue {
  std::size_t indicator = 0;              // index
  std::optional<std::size_t> department;  // index; nullopt: the province
  std::optional<double> value;
  std::optional<Timestamp> time;  // of a latest value; of a combination that of its oldest part
  double members_ratio = 1;

  friend bool operator==(const IndicatorValue&, const IndicatorValue&) = default;
};

/// How everything stands at one instant. Immutable once shared; thread-safe then. Indices are those
/// of the catalogue's vectors, and what it points to is of that catalogue.
struct Standing {
  std::shared_ptr<const domain::Catalogue> catalogue;
  Timestamp now;
  std::vector<domain::TargetRow> targets;  // those in force, in catalogue order
  // In catalogue order of indicators; of each the province's, then that of each reporter.
  std::vector<IndicatorValue> indicators;
  std::vector<domain::DepartmentReports> departments;  // of every department, by index
};
using StandingPtr = std::shared_ptr<const Standing>;

/// Reads how everything stands at `now`; the engine is ready. It reads one indicator, target or
/// department at a time, so that the engine never waits long: what is applied meanwhile may be in a
/// later part and not in an earlier one, and is in all of the next standing.
Standing TakeStanding(const engine::Engine& engine, Timestamp now);

}  // namespace iocd::standing
