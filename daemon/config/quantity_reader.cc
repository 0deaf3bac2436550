#include "config/quantity_reader.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace iocd::config {

std::optional<double> ReadQuantity(const MapReader& map, const Quantity& quantity) {
  const std::optional<Text> text = map.Optional(quantity.key);
  if (!text) return std::nullopt;
  double number = 0;
  // So written that NaN is refused.
  if (absl::SimpleAtod(text->value, &number) &&
      (number >= quantity.least && number <= quantity.most)) {
    return number * quantity.unit;
  }
  map.file().Object(text->place,
                    absl::StrCat("'", quantity.key, "' is '", text->value, "'; a number from ",
                                 quantity.least, " to ", quantity.most, " is allowed"));
  return std::nullopt;
}

}  // namespace iocd::config
