#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace iocd::config {

/// Each way that leads from an item by `next` back to it, once, as the numbers on it from the
/// lowest on. `next` gives for each item the number of another of them.
std::vector<std::vector<std::size_t>> RingsOf(const std::vector<std::optional<std::size_t>>& next);

/// "a -> b -> a", of items that have codes.
template <typename Item>
std::string RingText(const std::vector<std::size_t>& ring, const std::vector<Item>& items) {
  std::string text;
  for (const std::size_t one : ring) absl::StrAppend(&text, items[one].code, " -> ");
  return absl::StrCat(text, items[ring.front()].code);
}

}  // namespace iocd::config
