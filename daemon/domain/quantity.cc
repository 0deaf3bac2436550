#include "domain/quantity.h"

#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace iocd::domain {
namespace {

/// [+-]digits[.digits], with an exponent only if allowed. Stricter than SimpleAtod, which also
/// takes "inf", "nan", hexadecimal and blanks.
bool IsDecimal(absl::string_view text, bool exponent_allowed) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  std::size_t digits = 0, points = 0, i = 0;
  for (; i < text.size() && (absl::ascii_isdigit(text[i]) || text[i] == '.'); ++i) {
    text[i] == '.' ? ++points : ++digits;
  }
  if (digits == 0 || points > 1) return false;
  if (i == text.size()) return text[i - 1] != '.' && text[0] != '.';
  if (!exponent_allowed || (text[i] != 'e' && text[i] != 'E')) return false;
  absl::string_view exponent = text.substr(i + 1);
  if (!exponent.empty() && (exponent[0] == '+' || exponent[0] == '-')) exponent.remove_prefix(1);
  return !exponent.empty() && exponent.size() <= 3 &&
         exponent.find_first_not_of("0123456789") == absl::string_view::npos;
}

absl::Status Refuse(absl::string_view text, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("'", text, "' ", why));
}

absl::StatusOr<double> ParseNumber(absl::string_view whole, absl::string_view number,
                                   absl::string_view shift) {
  if (absl::StrContains(number, ',')) {
    return Refuse(whole, absl::StrCat("has a comma; decimals take a point, thousands no mark: '",
                                      absl::StrReplaceAll(whole, {{",", "."}}), "'?"));
  }
  if (!IsDecimal(number, /*exponent_allowed=*/shift.empty())) {
    return Refuse(whole, "is not a number");
  }
  double value = 0;
  // A number shifted as text ("48.56" to "48.56e-2") is rounded once, to the nearest double.
  if (!absl::SimpleAtod(absl::StrCat(number, shift), &value) || !std::isfinite(value)) {
    return Refuse(whole, "is too large");
  }
  return value;
}

}  // namespace

absl::StatusOr<double> ParseQuantity(absl::string_view text, absl::string_view unit) {
  const absl::string_view whole = absl::StripAsciiWhitespace(text);
  absl::string_view number = whole;
  const bool has_sign = absl::ConsumeSuffix(&number, "%");
  number = absl::StripTrailingAsciiWhitespace(number);
  if (unit == kPercentUnit) {
    if (has_sign) return ParseNumber(whole, number, "e-2");
    if (!IsDecimal(number, false)) return ParseNumber(whole, number, "");
    return Refuse(whole, absl::StrCat("has no '%'; the unit is percent: write '", whole, "%' for ",
                                      whole, " of a hundred"));
  }
  if (has_sign) {
    return Refuse(whole,
                  absl::StrCat("has a '%', but the unit is ", unit, ": write '", number, "'"));
  }
  return ParseNumber(whole, number, "");
}

std::string QuantityToText(double value, absl::string_view unit) {
  if (unit == kPercentUnit) return absl::StrCat(value * 100, "%");
  return absl::StrCat(value);
}

}  // namespace iocd::domain
