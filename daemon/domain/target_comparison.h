#pragma once

#include "domain/target_status.h"

namespace iocd::domain {

/// s: +1 where higher is better, -1 where lower is; without direction the operator decides.
double SignOf(const TargetTerms& terms);

/// What arithmetic may have done to the last digits of the difference of two values, a billionth of
/// the larger: it decides nothing.
double NoiseOf(double a, double b);

/// Whether the value meets what is asked. Values that differ by no more than noise count as equal:
/// equal meets a target, and does not meet a strict one.
bool IsMet(const TargetTerms& terms, double value);

}  // namespace iocd::domain
