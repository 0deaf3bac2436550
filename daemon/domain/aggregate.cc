#include "domain/aggregate.h"

#include <algorithm>
#include <cmath>

namespace iocd::domain {
namespace {

/// Events of all parts that have a value, the time of the oldest, nothing of their numbers yet.
Aggregate CombinedFrame(std::span<const Aggregate> parts) {
  Aggregate combined;
  for (const Aggregate& part : parts) {
    if (!part.HasValue()) continue;
    combined.time = combined.HasValue() ? std::min(combined.time, part.time) : part.time;
    combined.events += part.events;
  }
  return combined;
}

Aggregate Sum(std::span<const Aggregate> parts) {
  Aggregate sum = CombinedFrame(parts);
  for (const Aggregate& part : parts) {
    if (part.HasValue()) sum.first += part.first;
  }
  return sum;
}

Aggregate SumOfParts(std::span<const Aggregate> parts) {
  Aggregate sum = Sum(parts);
  sum.has_second = sum.HasValue();
  for (const Aggregate& part : parts) {
    if (part.HasValue()) sum.second += part.second;
  }
  return sum;
}

Aggregate SumOfCoverages(std::span<const Aggregate> parts) {
  for (const Aggregate& part : parts) {
    if (part.HasValue() && !part.has_second) return {};
  }
  return SumOfParts(parts);
}

Aggregate MergedDurations(std::span<const Aggregate> parts) {
  Aggregate merged = Sum(parts);
  SketchMerger sketches;
  bool any = false;
  for (const Aggregate& part : parts) {
    if (!part.HasValue()) continue;
    merged.min = any ? std::min(merged.min, part.min) : part.min;
    merged.max = any ? std::max(merged.max, part.max) : part.max;
    sketches.Add(part.sketch);
    any = true;
  }
  if (any) merged.sketch = sketches.Finish();
  return merged;
}

/// The mean is reached from the first value by weighted differences, so that the mean of equal
/// values is that value to the last bit.
Aggregate WeightedMean(std::span<const Aggregate> parts) {
  Aggregate mean = CombinedFrame(parts);
  const Aggregate* origin = nullptr;
  double differences = 0;
  for (const Aggregate& part : parts) {
    if (!part.HasValue()) continue;
    if (origin == nullptr) origin = &part;
    differences += part.second * (part.first - origin->first);
    mean.second += part.second;
  }
  if (mean.second == 0) return {};
  mean.first = origin->first + differences / mean.second;
  mean.has_second = true;
  return mean;
}

Aggregate Worst(Direction direction, std::span<const Aggregate> parts) {
  if (direction == Direction::kNone) return {};
  Aggregate worst = CombinedFrame(parts);
  bool any = false;
  for (const Aggregate& part : parts) {
    if (!part.HasValue()) continue;
    const bool worse =
        direction == Direction::kHigher ? part.first < worst.first : part.first > worst.first;
    if (!any || worse) worst.first = part.first;
    any = true;
  }
  return worst;
}

}  // namespace

std::optional<double> Value(Kind kind, const Aggregate& aggregate) {
  if (!aggregate.HasValue()) return std::nullopt;
  double value = aggregate.first;
  if (kind == Kind::kRatio || (kind == Kind::kCoverage && aggregate.has_second)) {
    value = aggregate.first / aggregate.second;
  } else if (kind == Kind::kDuration) {
    value = aggregate.first / static_cast<double>(aggregate.events);
  }
  // A denominator of 0, or sums beyond what a double holds.
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

Aggregate Combine(Kind kind, Direction direction, std::span<const Aggregate> parts) {
  switch (kind) {
    case Kind::kFlow:
    case Kind::kStock:
      return Sum(parts);
    case Kind::kRatio:
      return SumOfParts(parts);
    case Kind::kDuration:
      return MergedDurations(parts);
    case Kind::kCoverage:
      return SumOfCoverages(parts);
    case Kind::kScore:
      return WeightedMean(parts);
    case Kind::kWorst:
      return Worst(direction, parts);
    case Kind::kRank:
    case Kind::kReported:
      return {};
  }
  return {};
}

}  // namespace iocd::domain
