#include "http/retry_after.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace iocd::http {

void AddRetryAfter(Duration delay, Response* response) {
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  const std::int64_t seconds = (delay.nanos + kNanosPerSecond - 1) / kNanosPerSecond;
  response->headers.emplace_back("Retry-After", absl::StrCat(std::max<std::int64_t>(seconds, 1)));
}

}  // namespace iocd::http
