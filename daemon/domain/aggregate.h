#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/timestamp.h"
#include "domain/indicator_kind.h"
#include "domain/quantile_sketch.h"

namespace iocd::domain {

/// What a series holds of a window (or as its latest value), in the form that combines over members
/// and departments without loss. Percentages are never averaged: a ratio keeps its parts.
struct Aggregate {
  std::uint64_t events = 0;  // in the window; of latest values 1 a contributing series; 0: no value
  double first = 0;   // sum, numerator, sum of samples, latest value, weighted mean: see Event
  double second = 0;  // denominator, or weight (of a combination the sum of weights)
  bool has_second = false;  // ratio, score; coverage that came in parts
  double min = 0, max = 0;  // duration only
  Timestamp time;         // latest kinds: event time of the value; of a combination the oldest one
  QuantileSketch sketch;  // duration only

  bool HasValue() const { return events != 0; }
};

/// The number that people see: the sum, numerator/denominator, the mean of durations, the latest
/// value. nullopt: no events, a denominator of 0, or a sum too large for a double.
std::optional<double> Value(Kind kind, const Aggregate& aggregate);

/// Combines parts over space (members of a department, departments of the province), by kind:
/// sum, sum/sum, merged sketch, weighted mean, or the worst by direction. Parts without a value do
/// not contribute. Returns an aggregate without value where nothing combines: no part has a value,
/// the kind does not roll up (rank, reported), a coverage part is a bare fraction, the weights add
/// up to 0, or `worst` has no direction. Sums run over `parts` in the order given, so equal inputs
/// give equal bits.
Aggregate Combine(Kind kind, Direction direction, std::span<const Aggregate> parts);

/// Beside every combined value stands the share of those that have one among those that owe one.
inline constexpr double kPartialBelow = 0.95;

}  // namespace iocd::domain
