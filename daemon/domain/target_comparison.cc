#include "domain/target_comparison.h"

#include <algorithm>
#include <cmath>

namespace iocd::domain {
namespace {

constexpr double kRelativeNoise = 1e-9;

}  // namespace

double SignOf(const TargetTerms& terms) {
  if (terms.direction == Direction::kHigher) return 1;
  if (terms.direction == Direction::kLower) return -1;
  const bool upwards =
      terms.op == TargetOperator::kAtLeast || terms.op == TargetOperator::kMoreThan;
  return upwards ? 1 : -1;
}

double NoiseOf(double a, double b) { return kRelativeNoise * std::max(std::abs(a), std::abs(b)); }

bool IsMet(const TargetTerms& terms, double value) {
  const double lead = SignOf(terms) * (value - terms.value);
  const double noise = NoiseOf(value, terms.value);
  const bool strict =
      terms.op == TargetOperator::kMoreThan || terms.op == TargetOperator::kLessThan;
  return strict ? lead > noise : lead >= -noise;
}

}  // namespace iocd::domain
