#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace iocd::config {

/// One thing that a file says of an item.
struct Field {
  absl::string_view key;        // as in the file
  std::string text;             // as people read it; differs wherever what is meant differs
  absl::string_view then = {};  // what a change of it means, e.g. ": takes effect …"
};
using Fields = std::vector<Field>;  // of items of one sort the same keys in the same order

using Sentences = std::vector<std::string>;

/// Appends "ITEM: KEY is TEXT, was TEXT" for each field whose text differs.
void AppendFieldChanges(const std::string& item, const Fields& before, const Fields& after,
                        Sentences* out);

/// What CatalogueChanges() says of the items of one sort, which are told apart by their names:
/// those that are new or changed in the order of `after`, then those that are gone. `name` and
/// `fields` take an item and the list in which it stands (0: before, 1: after); what `name` returns
/// is also how people are told. `gone` follows the name of what is gone.
template <typename Item, typename Name, typename FieldsOf>
void AppendItemChanges(const std::vector<Item>& before, const std::vector<Item>& after, Name name,
                       FieldsOf fields, absl::string_view gone, Sentences* out) {
  std::unordered_multimap<std::string, const Item*> left;
  for (const Item& item : before) left.emplace(name(item, 0), &item);
  for (const Item& item : after) {
    const std::string text = name(item, 1);
    const auto found = left.find(text);
    if (found == left.end()) {
      out->push_back(absl::StrCat(text, " is new"));
      continue;
    }
    AppendFieldChanges(text, fields(*found->second, 0), fields(item, 1), out);
    left.erase(found);
  }
  for (const Item& item : before) {
    const auto [begin, end] = left.equal_range(name(item, 0));
    for (auto one = begin; one != end; ++one) {
      if (one->second != &item) continue;
      out->push_back(absl::StrCat(one->first, " is gone", gone));
      left.erase(one);
      break;
    }
  }
}

std::string Quote(absl::string_view text);  // 'text', or none
/// Two numbers that differ have texts that differ.
std::string NumberText(double number);
/// The same for a quantity, as the files write it.
std::string QuantityText(double value, absl::string_view unit);

}  // namespace iocd::config
