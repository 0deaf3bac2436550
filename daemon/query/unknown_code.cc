#include "query/unknown_code.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace iocd::query {
namespace {

// A third of the length may differ, so that "dossier_recieved" is near and "xyz" is near nothing;
// of all but the shortest codes two characters, for two that change places count twice.
std::size_t NearEnough(absl::string_view code) {
  return std::max<std::size_t>(code.size() < 4 ? 1 : 2, code.size() / 3);
}

absl::string_view Nearest(absl::string_view code, const std::vector<absl::string_view>& known) {
  absl::string_view nearest;
  std::size_t least = NearEnough(code) + 1;
  for (const absl::string_view candidate : known) {
    const std::size_t distance = EditDistance(code, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace

absl::Status UnknownCode(absl::string_view what, absl::string_view code,
                         const std::vector<absl::string_view>& known,
                         absl::string_view where_to_list) {
  std::string message = absl::StrCat("there is no ", what, " ", Quoted(code), "; ");
  // A code that is too long to quote is near nothing, and comparing it would cost time.
  const absl::string_view nearest =
      code.size() > limits::kMaxQuotedInputBytes ? absl::string_view() : Nearest(code, known);
  if (!nearest.empty()) absl::StrAppend(&message, "did you mean '", nearest, "'? ");
  absl::StrAppend(&message, where_to_list);
  return absl::NotFoundError(message);
}

std::size_t EditDistance(absl::string_view a, absl::string_view b) {
  // row[j]: the distance between what was read of a and the first j characters of b.
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace iocd::query
