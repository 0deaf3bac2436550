#include "http/origin.h"

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace iocd::http {

bool FromAnotherSite(const Request& request) {
  if (request.origin.empty()) return false;
  absl::string_view site = request.origin;
  if (!absl::ConsumePrefix(&site, "http://")) absl::ConsumePrefix(&site, "https://");
  return !absl::EqualsIgnoreCase(site, request.host);
}

}  // namespace iocd::http
