#include "http/retry_after.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "http/http_limits.h"
#include "http/json.h"

namespace iocd::http {

void AddRetryAfter(Duration delay, Response* response) {
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  const std::int64_t seconds = (delay.nanos + kNanosPerSecond - 1) / kNanosPerSecond;
  response->headers.emplace_back("Retry-After", absl::StrCat(std::max<std::int64_t>(seconds, 1)));
}

Response NoRoom(absl::string_view sentence) {
  Response response = PlainText(503, sentence);
  AddRetryAfter(kRetryAfter, &response);
  return response;
}

}  // namespace iocd::http
