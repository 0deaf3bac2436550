#pragma once

#include <cmath>
#include <optional>

#include "config/yaml_reader.h"

namespace iocd::config {

/// A number of units that people count in; inside it is a number of `unit`s of ours.
struct Quantity {
  absl::string_view key;
  double least, most;
  double unit = 1;
};

/// The number in our units. nullopt: the key is missing, or wrong, and that is a mistake.
std::optional<double> ReadQuantity(const MapReader& map, const Quantity& quantity);

/// The same, rounded to a whole number. Leaves `*value` as it is where there is none.
template <typename Integer>
void ReadQuantity(const MapReader& map, const Quantity& quantity, Integer* value) {
  if (const auto number = ReadQuantity(map, quantity)) {
    *value = static_cast<Integer>(std::llround(*number));
  }
}

}  // namespace iocd::config
