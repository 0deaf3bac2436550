#include "http/wall_route.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace iocd::http {
namespace {

// Names from catalogues are shown as text; should one ever get into the page as more than that, it
// still runs nothing and reaches nobody.
constexpr char kContentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

bool Has(absl::string_view if_none_match, absl::string_view etag) {
  for (const absl::string_view tag : absl::StrSplit(if_none_match, ',')) {
    if (absl::StripAsciiWhitespace(tag) == etag) return true;
  }
  return false;
}

}  // namespace

const wall::WallFile* WallFileAt(absl::string_view path) {
  if (path == "/") return wall::FindWallFile("index.html");
  return absl::ConsumePrefix(&path, "/wall/") ? wall::FindWallFile(path) : nullptr;
}

Response ServeWallFile(const wall::WallFile& file, const Request& request) {
  Response response;
  response.content_type = std::string(file.content_type);
  response.headers = {
      // Asked for anew each time, so that a daemon that was replaced shows its own wall at once.
      {"Cache-Control", "no-cache"},
      {"ETag", std::string(file.etag)},
      {"Content-Security-Policy", kContentSecurityPolicy},
      {"Referrer-Policy", "no-referrer"},
  };
  if (Has(request.if_none_match, file.etag)) {
    response.status = 304;
  } else {
    response.body = std::string(file.text);
  }
  return response;
}

}  // namespace iocd::http
