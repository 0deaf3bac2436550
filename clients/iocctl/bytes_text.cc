#include "iocctl/bytes_text.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace iocctl {

std::string BytesText(std::uint64_t bytes) {
  if (bytes < 1'024) return absl::StrCat(bytes, " bytes");
  constexpr const char* kUnits[] = {"KiB", "MiB", "GiB", "TiB"};
  double number = static_cast<double>(bytes) / 1'024;
  std::size_t unit = 0;
  for (; number >= 1'024 && unit + 1 < std::size(kUnits); ++unit) number /= 1'024;
  return absl::StrFormat("%.1f %s", number, kUnits[unit]);
}

}  // namespace iocctl
