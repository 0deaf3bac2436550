#include "access/certificate_name.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"

namespace iocd::access {
namespace {

constexpr std::size_t kMaxNameBytes = 64;

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

absl::Status Wrong(absl::string_view uri) {
  return absl::InvalidArgumentError(
      absl::StrCat("the certificate's URI ", Quoted(uri),
                   " names nobody; it must be ioc://TERRITORY/department/CODE or "
                   "ioc://TERRITORY/name/NAME"));
}

}  // namespace

bool IsName(absl::string_view text) {
  if (text.empty() || text.size() > kMaxNameBytes || !IsLetterOrDigit(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLetterOrDigit(c) || c == '_' || c == '-' || c == '.'; });
}

absl::StatusOr<CertificateName> ParseCertificateName(absl::string_view uri) {
  constexpr absl::string_view kScheme = "ioc://";
  if (!absl::StartsWith(uri, kScheme)) return Wrong(uri);
  const std::vector<absl::string_view> parts = absl::StrSplit(uri.substr(kScheme.size()), '/');
  if (parts.size() != 3 || !IsName(parts[0]) || !IsName(parts[2])) return Wrong(uri);
  const bool of_department = parts[1] == "department";
  if (!of_department && parts[1] != "name") return Wrong(uri);
  return CertificateName{std::string(parts[0]), std::string(parts[2]), of_department};
}

}  // namespace iocd::access
