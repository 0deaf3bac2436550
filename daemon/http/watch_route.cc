#include "http/watch_route.h"

#include <utility>

#include "http/json.h"
#include "http/parameters.h"
#include "http/refusals.h"
#include "ioc/v1/query.pb.h"

namespace iocd::http {

Response Watch(query::Watchers& watchers, const Request& request, const Target& target,
               door::CallerPtr caller) {
  ioc::v1::WatchRequest asked;
  if (const absl::Status filled = FillRequest(target, &asked); !filled.ok()) {
    return JsonError(filled);
  }
  Response response;
  response.content_type = "text/event-stream; charset=utf-8";
  // Neither a cache nor a proxy may keep events back.
  response.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  if (request.method == "HEAD") return response;
  auto watch = watchers.Begin(asked.scope(), std::move(caller));
  if (!watch.ok()) return TurnedAway(target.path, watch.status());
  response.watch = *std::move(watch);
  return response;
}

}  // namespace iocd::http
