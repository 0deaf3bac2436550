#include "config/field_changes.h"

#include <charconv>

#include "domain/quantity.h"

namespace iocd::config {

void AppendFieldChanges(const std::string& item, const Fields& before, const Fields& after,
                        Sentences* out) {
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (before[i].text == after[i].text) continue;
    out->push_back(absl::StrCat(item, item.empty() ? "" : ": ", after[i].key, " is ", after[i].text,
                                ", was ", before[i].text, after[i].then));
  }
}

std::string Quote(absl::string_view text) {
  return text.empty() ? "none" : absl::StrCat("'", text, "'");
}

std::string NumberText(double number) {
  char digits[32];
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, number);
  return {digits, end.ptr};
}

std::string QuantityText(double value, absl::string_view unit) {
  std::string text = domain::QuantityToText(value, unit);
  const auto read = domain::ParseQuantity(text, unit);
  return read.ok() && *read == value ? text : NumberText(value);
}

}  // namespace iocd::config
