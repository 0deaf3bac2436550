#include "config/nearest.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"

namespace iocd::config {
namespace {

/// Levenshtein distance: letters to insert, drop or replace.
std::size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string DidYouMean(absl::string_view text, const std::vector<absl::string_view>& candidates) {
  constexpr std::size_t kLongestCompared = 80;
  if (text.size() > kLongestCompared) return "";
  absl::string_view nearest;
  std::size_t least = std::max<std::size_t>(text.size() / 3, 1) + 1;
  for (const absl::string_view candidate : candidates) {
    const std::size_t distance = EditDistance(text, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest.empty() ? "" : absl::StrCat("; did you mean '", nearest, "'?");
}

}  // namespace iocd::config
