#include "http/refusals.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "door/doorkeeper.h"
#include "http/json.h"
#include "http/retry_after.h"
#include "wire/status_mapping.h"

namespace iocd::http {
namespace {

constexpr absl::string_view kApi = "/api/";

Response Refusal(absl::string_view path, int http_status, const absl::Status& status) {
  Response response =
      absl::StartsWith(path, kApi) ? JsonError(status) : PlainText(http_status, status.message());
  response.status = http_status;
  return response;
}

}  // namespace

Response TurnedAway(absl::string_view path, const absl::Status& why) {
  Response response = Refusal(path, wire::HttpStatusNumber(why.code()), why);
  if (absl::IsUnauthenticated(why)) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (const auto delay = door::RetryAfter(why)) {
    AddRetryAfter(*delay, &response);
  }
  return response;
}

Response NotFound(absl::string_view path) {
  return Refusal(path, 404,
                 absl::NotFoundError(absl::StrCat("there is no page ", Quoted(path),
                                                  " here; GET /api/v1 lists the pages.")));
}

Response WrongMethod(const Gate& gate, absl::string_view method) {
  const absl::string_view allowed = gate.method == Method::kGet ? "GET, HEAD" : "POST";
  Response response = Refusal(
      gate.path, 405,
      absl::UnimplementedError(absl::StrCat("the method ", Quoted(method), " is not known at ",
                                            Quoted(gate.path), "; use ", allowed, ".")));
  response.headers.emplace_back("Allow", std::string(allowed));
  return response;
}

}  // namespace iocd::http
