#include "http/router.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "exposition/gzip.h"
#include "http/events_route.h"
#include "http/gates.h"
#include "http/json.h"
#include "http/negotiation.h"
#include "http/origin.h"
#include "http/pages.h"
#include "http/query_routes.h"
#include "http/reload_route.h"
#include "http/retry_after.h"
#include "ingest/clock_confirmation.h"
#include "wire/status_mapping.h"

namespace iocd::http {
namespace {

constexpr absl::string_view kApi = "/api/";
constexpr absl::string_view kEvents = "/api/v1/events";
constexpr absl::string_view kResume = "/api/v1/resume";
constexpr absl::string_view kConfirmClock = "/-/clock/confirm";
constexpr absl::string_view kReload = "/-/reload";

// Below this a compressed answer saves nothing worth its time.
constexpr std::size_t kSmallestCompressedBytes = 1'024;

constexpr absl::string_view kGetAndHead = "GET, HEAD";

bool IsGetOrHead(const Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

// Programs that use the API read JSON; people and Prometheus read a sentence.
Response Refusal(absl::string_view path, int http_status, const absl::Status& status) {
  Response response =
      absl::StartsWith(path, kApi) ? JsonError(status) : PlainText(http_status, status.message());
  response.status = http_status;
  return response;
}

/// For one whom the doorkeeper does not let in.
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
                                                  " here; GET / lists the pages.")));
}

Response WrongMethod(absl::string_view path, absl::string_view method, absl::string_view allowed) {
  Response response = Refusal(
      path, 405,
      absl::UnimplementedError(absl::StrCat("the method ", Quoted(method), " is not known at ",
                                            Quoted(path), "; use ", allowed, ".")));
  response.headers.emplace_back("Allow", std::string(allowed));
  return response;
}

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
    : dependencies_(dependencies), metrics_page_(dependencies.engine, dependencies.metrics) {}

void Router::Handle(const Request& request, Respond respond) {
  const absl::StatusOr<Target> target = ParseTarget(request.target);
  if (!target.ok()) return std::move(respond)(JsonError(target.status()));
  const Gate* gate = GateOf(target->path);
  if (gate == nullptr) return std::move(respond)(NotFound(target->path));
  if (!gate->action) return Admitted(request, *target, nullptr, std::move(respond));
  auto caller = dependencies_.doorkeeper.Admit(
      {request.peer_address, request.authorization, request.certificate}, *gate->action,
      gate->call);
  if (!caller.ok()) return std::move(respond)(TurnedAway(target->path, caller.status()));
  Admitted(request, *target, *std::move(caller), std::move(respond));
}

void Router::Admitted(const Request& request, const Target& target, door::CallerPtr caller,
                      Respond respond) {
  if (target.path == kEvents) {
    if (request.method == "POST") {
      return PushEvents(dependencies_.ingestor, dependencies_.metrics, request, std::move(caller),
                        std::move(respond));
    }
    return std::move(respond)(WrongMethod(kEvents, request.method, "POST"));
  }
  if (target.path == kResume) {
    if (IsGetOrHead(request)) {
      return ResumeProducer(dependencies_.ingestor, target, std::move(caller), std::move(respond));
    }
    return std::move(respond)(WrongMethod(kResume, request.method, kGetAndHead));
  }
  if (target.path == kReload) {
    if (request.method == "POST") {
      return ReloadConfiguration(dependencies_.reloading, dependencies_.recorder, request,
                                 std::move(caller), std::move(respond));
    }
    return std::move(respond)(WrongMethod(kReload, request.method, "POST"));
  }
  if (target.path == kConfirmClock) return std::move(respond)(ConfirmClock(request, *caller));
  Response response = Answer(request, target);
  Compress(request, &response);
  std::move(respond)(std::move(response));
}

Response Router::Answer(const Request& request, const Target& target) const {
  struct Page {
    absl::string_view path;
    Response (*get)(const Router&, const Request&, const Target&);
  };
  static constexpr Page kPages[] = {
      {"/", [](const Router&, const Request&, const Target&) { return Index(); }},
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
  };
  for (const Page& page : kPages) {
    if (page.path != target.path) continue;
    if (IsGetOrHead(request)) return page.get(*this, request, target);
    return WrongMethod(target.path, request.method, kGetAndHead);
  }
  return NotFound(target.path);
}

Response Router::Metrics(const Request& request) const {
  if (const absl::Status ready = dependencies_.engine.CheckReady(); !ready.ok()) {
    return PlainText(503, ready.message());
  }
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

Response Router::ConfirmClock(const Request& request, const door::Caller& caller) const {
  if (request.method != "POST") return WrongMethod(kConfirmClock, request.method, "POST");
  if (FromAnotherSite(request)) {
    audit::Entry entry = audit::EntryOf(caller, audit::kClockConfirm);
    entry.outcome = audit::Outcome::kRefused;
    entry.why = "pages of other sites may not confirm the clock";
    dependencies_.recorder.Record(entry);
    return PlainText(403, absl::StrCat(entry.why, "."));
  }
  if (const absl::Status ready = dependencies_.engine.CheckReady(); !ready.ok()) {
    return PlainText(503, absl::StrCat(ready.message(), "."));
  }
  const ClockReading now = dependencies_.clock.ReadBoth();
  dependencies_.recorder.Record(ingest::ConfirmClock(dependencies_.clock_guard, now, caller));
  return PlainText(200, absl::StrCat("confirmed: it is ", ToLocalText(now.wall), "."));
}

}  // namespace iocd::http
