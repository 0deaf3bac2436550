#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/nearest.h"
#include "config/mistakes.h"
#include "config/yaml_reader.h"

namespace iocd::config {

/// Where each code of one sort of item stands; the first of two equal ones wins.
class CodeIndex {
 public:
  /// `what` for messages: "department". `mistakes` outlives the index.
  CodeIndex(std::string what, Mistakes& mistakes) : what_(std::move(what)), mistakes_(mistakes) {}

  /// False and a mistake that names both places if the code is there already. Items that are added
  /// count from 0.
  bool Add(const std::string& code, const Place& place) {
    const auto [found, added] = items_.try_emplace(code, Item{places_.size(), place});
    if (added) {
      places_.push_back(place);
      return true;
    }
    mistakes_.Add(place, absl::StrCat(what_, " '", code, "' stands twice; first at ",
                                      mistakes_.PlaceText(found->second.place)));
    return false;
  }

  /// The item's number; nullopt and a mistake if there is none.
  std::optional<std::size_t> Resolve(const Text& code) const {
    const auto found = items_.find(code.value);
    if (found != items_.end()) return found->second.number;
    std::vector<absl::string_view> known;
    for (const auto& [name, item] : items_) known.push_back(name);
    std::sort(known.begin(), known.end());
    mistakes_.Add(code.place, absl::StrCat("there is no ", what_, " '", code.value, "'",
                                           DidYouMean(code.value, known)));
    return std::nullopt;
  }

  const Place& PlaceOf(std::size_t number) const { return places_[number]; }

 private:
  struct Item {
    std::size_t number;
    Place place;
  };

  std::string what_;
  Mistakes& mistakes_;
  absl::flat_hash_map<std::string, Item> items_;
  std::vector<Place> places_;
};

}  // namespace iocd::config
