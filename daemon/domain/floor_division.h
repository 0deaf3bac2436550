#pragma once

#include <cstdint>

namespace iocd::domain {

/// Division that rounds down, so that what lies before 1970 falls into the right bucket and day.
/// `divisor` > 0.
constexpr std::int64_t FloorDiv(std::int64_t number, std::int64_t divisor) {
  return number / divisor - (number % divisor < 0 ? 1 : 0);
}

/// The remainder of FloorDiv: 0 <= FloorMod(n, d) < d.
constexpr std::int64_t FloorMod(std::int64_t number, std::int64_t divisor) {
  const std::int64_t remainder = number % divisor;
  return remainder < 0 ? remainder + divisor : remainder;
}

}  // namespace iocd::domain
