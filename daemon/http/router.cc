#include "http/router.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "exposition/gzip.h"
#include "http/events_route.h"
#include "http/json.h"
#include "http/negotiation.h"
#include "http/pages.h"
#include "http/query_routes.h"
#include "http/refusals.h"
#include "http/reload_route.h"
#include "http/wall_route.h"
#include "http/watch_route.h"
#include "ingest/clock_confirmation.h"

namespace iocd::http {
namespace {

constexpr absl::string_view kEvents = "/api/v1/events";
constexpr absl::string_view kResume = "/api/v1/resume";
constexpr absl::string_view kWatch = "/api/v1/watch";
constexpr absl::string_view kConfirmClock = "/-/clock/confirm";
constexpr absl::string_view kReload = "/-/reload";

// Below this a compressed answer saves nothing worth its time.
constexpr std::size_t kSmallestCompressedBytes = 1'024;

Response Index() { return {200, "text/html; charset=utf-8", std::string(IndexPage()), {}}; }

Response Healthy() { return PlainText(200, "iocd is healthy."); }

void Compress(const Request& request, Response* response) {
  if (response->body.size() < kSmallestCompressedBytes) return;
  response->headers.emplace_back("Vary", "Accept, Accept-Encoding");
  if (!AcceptsGzip(request.accept_encoding)) return;
  response->body = exposition::Gzip(response->body);
  response->headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace

Router::Router(const Dependencies& dependencies)
    : dependencies_(dependencies),
      entrance_(dependencies.doorkeeper, dependencies.recorder, dependencies.metrics),
      metrics_page_(dependencies.engine, dependencies.metrics) {}

void Router::Answer(const Request& request, Admitted admitted, Respond respond) {
  if (auto out = entrance_.Renew(&admitted)) return std::move(respond)(*std::move(out));
  const absl::string_view path = admitted.gate->path;
  if (path == kEvents) {
    return PushEvents(dependencies_.ingestor, dependencies_.metrics, request,
                      std::move(admitted.caller), std::move(respond));
  }
  if (path == kResume) {
    return ResumeProducer(dependencies_.ingestor, admitted.target, std::move(admitted.caller),
                          std::move(respond));
  }
  if (path == kReload) {
    return ReloadConfiguration(dependencies_.reloading, dependencies_.recorder,
                               std::move(admitted.caller), std::move(respond));
  }
  if (path == kWatch) {
    return std::move(respond)(
        Watch(dependencies_.watchers, request, admitted.target, std::move(admitted.caller)));
  }
  if (path == kConfirmClock) return std::move(respond)(ConfirmClock(*admitted.caller));
  Response response = Page(request, admitted.target);
  Compress(request, &response);
  std::move(respond)(std::move(response));
}

Response Router::Page(const Request& request, const Target& target) const {
  struct Row {
    absl::string_view path;
    Response (*get)(const Router&, const Request&, const Target&);
  };
  static constexpr Row kPages[] = {
      {"/api/v1", [](const Router&, const Request&, const Target&) { return Index(); }},
      {"/metrics",
       [](const Router& self, const Request& asked, const Target&) { return self.Metrics(asked); }},
      {"/-/healthy", [](const Router&, const Request&, const Target&) { return Healthy(); }},
      {"/-/ready", [](const Router& self, const Request&, const Target&) { return self.Ready(); }},
      {"/api/v1/departments",
       [](const Router& self, const Request&, const Target& asked) {
         return ListDepartments(self.dependencies_.query, asked);
       }},
      {"/api/v1/indicators",
       [](const Router& self, const Request&, const Target& asked) {
         return ListIndicators(self.dependencies_.query, asked);
       }},
      {"/api/v1/series",
       [](const Router& self, const Request&, const Target& asked) {
         return GetSeries(self.dependencies_.query, asked);
       }},
      {"/api/v1/scorecard",
       [](const Router& self, const Request&, const Target& asked) {
         return GetScorecard(self.dependencies_.query, asked);
       }},
      {"/api/v1/targets",
       [](const Router& self, const Request&, const Target& asked) {
         return ListTargets(self.dependencies_.query, asked);
       }},
      {"/api/v1/reports",
       [](const Router& self, const Request&, const Target& asked) {
         return ListReports(self.dependencies_.query, asked);
       }},
  };
  for (const Row& page : kPages) {
    if (page.path == target.path) return page.get(*this, request, target);
  }
  if (const wall::WallFile* file = WallFileAt(target.path)) return ServeWallFile(*file, request);
  return NotFound(target.path);
}

Response Router::Metrics(const Request& request) const {
  const exposition::Format format = PreferredFormat(request.accept);
  const ClockReading now = dependencies_.clock.ReadBoth();
  dependencies_.metrics.SetClockInDoubt(!dependencies_.clock_guard.Check(now).ok());
  Response response;
  response.content_type = std::string(exposition::ContentType(format));
  response.body = metrics_page_.Render(format, now.wall);
  return response;
}

Response Router::Ready() const {
  if (const absl::Status log = dependencies_.engine.CheckLog(); !log.ok()) {
    return PlainText(503, absl::StrCat("not ready: the event log takes no batches (", log.message(),
                                       "). Mend the disk; iocd goes on by itself then."));
  }
  if (const absl::Status ready = dependencies_.engine.CheckReady(); !ready.ok()) {
    return PlainText(503, absl::StrCat("not ready: ", ready.message(), "."));
  }
  if (!ready_.load(std::memory_order_acquire)) {
    return PlainText(503, "not ready: iocd is starting or stopping.");
  }
  const absl::Status doubt = dependencies_.clock_guard.Check(dependencies_.clock.ReadBoth());
  if (!doubt.ok()) return PlainText(503, absl::StrCat("not ready: ", doubt.message(), "."));
  return PlainText(200, "iocd is ready.");
}

Response Router::ConfirmClock(const door::Caller& caller) const {
  if (const absl::Status ready = dependencies_.engine.CheckReady(); !ready.ok()) {
    return PlainText(503, absl::StrCat(ready.message(), "."));
  }
  const ClockReading now = dependencies_.clock.ReadBoth();
  dependencies_.recorder.Record(ingest::ConfirmClock(dependencies_.clock_guard, now, caller));
  return PlainText(200, absl::StrCat("confirmed: it is ", ToLocalText(now.wall), "."));
}

}  // namespace iocd::http
