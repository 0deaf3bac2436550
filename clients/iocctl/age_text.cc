#include "iocctl/age_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace iocctl {

std::string AgeText(absl::Duration age) {
  const std::int64_t seconds = std::max<std::int64_t>(0, absl::ToInt64Seconds(age));
  const std::int64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
  if (minutes == 0) return absl::StrCat(seconds, "s");
  if (hours == 0) return absl::StrCat(minutes, "m");
  if (days == 0) return absl::StrCat(hours, "h ", minutes % 60, "m");
  return absl::StrCat(days, "d ", hours % 24, "h");
}

}  // namespace iocctl
