#pragma once

#include <cmath>
#include <optional>

namespace iocd::ledger {

/// As the ledger keeps a number: SQLite knows no NaN, and most tools cannot show infinity.
inline std::optional<double> Finite(const std::optional<double>& number) {
  return number.has_value() && std::isfinite(*number) ? number : std::nullopt;
}

}  // namespace iocd::ledger
