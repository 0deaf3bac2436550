#include "iocctl/target_texts.h"

#include <cmath>
#include <iterator>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "domain/quantity.h"
#include "iocctl/status_words.h"

namespace iocctl {

Cell TargetStatusCell(const std::string& status, bool vietnamese) {
  const StatusWord* word = FindStatusWord(status);
  if (word == nullptr) return {status};
  return {vietnamese ? word->vi : word->en, word->color};
}

std::string ShownQuantity(double value, const std::string& unit) {
  const bool percent = unit == iocd::domain::kPercentUnit;
  const double cents = std::round(value * (percent ? 1e4 : 1e2)) + 0.0;  // no "-0"
  std::string text = absl::StrFormat("%.2f", cents / 100);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return percent ? text + "%" : text;
}

std::string TargetText(const ioc::v1::TargetRow& row, const std::string& unit) {
  static const auto& signs = *new std::map<std::string, std::string>{
      {"ge", "≥ "}, {"gt", "> "}, {"le", "≤ "}, {"lt", "< "}};
  const auto sign = signs.find(row.operator_());
  std::string text = absl::StrCat(sign == signs.end() ? "" : sign->second,
                                  ShownQuantity(row.target_value(), unit));
  if (row.has_stretch()) {
    absl::StrAppend(&text, " (", ShownQuantity(row.stretch(), unit), ")");
  }
  return text;
}

std::string ShownDate(const std::string& date) {
  int year = 0;
  if (!absl::EndsWith(date, "-01-01") || !absl::SimpleAtoi(date.substr(0, 4), &year)) return date;
  return absl::StrCat(year - 1);
}

}  // namespace iocctl
