#pragma once

#include <atomic>
#include <variant>

#include "audit/recorder.h"
#include "base/clock.h"
#include "base/clock_guard.h"
#include "door/doorkeeper.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "exposition/metrics_page.h"
#include "http/entrance.h"
#include "http/message.h"
#include "http/target.h"
#include "ingest/ingestor.h"
#include "ingest/reloading.h"
#include "query/query.h"
#include "query/watchers.h"

namespace iocd::http {

/// What the routes stand on. All of it outlives them.
struct Dependencies {
  engine::Engine& engine;
  const Clock& clock;
  ClockGuard& clock_guard;
  exposition::DaemonMetrics& metrics;
  ingest::Ingestor& ingestor;
  const query::Query& query;
  door::Doorkeeper& doorkeeper;
  ingest::Reloading& reloading;
  audit::Recorder& recorder;
  query::Watchers& watchers;
};

/// Finds the route of a request and answers it; docs/http.md lists the routes. Thread-safe. Knows
/// nothing of sockets.
class Router {
 public:
  explicit Router(const Dependencies& dependencies);

  /// Whether the request may come in, before its body is there; see Entrance. May take a second:
  /// not for a thread that serves sockets.
  std::variant<Admitted, Response> Admit(const Request& request) const {
    return entrance_.Admit(request);
  }

  /// Answers the request, whole now, for HEAD with the body of GET. Rendering the metrics takes
  /// tens of milliseconds: not for a thread that serves sockets. `respond` may run on any thread.
  void Answer(const Request& request, Admitted admitted, Respond respond);

  /// What /-/ready says.
  void SetReady(bool ready) { ready_.store(ready, std::memory_order_release); }

 private:
  Response Metrics(const Request& request) const;
  Response Ready() const;
  Response ConfirmClock(const door::Caller& caller) const;
  Response Page(const Request& request, const Target& target) const;

  const Dependencies dependencies_;
  const Entrance entrance_;
  const exposition::MetricsPage metrics_page_;
  std::atomic<bool> ready_{false};
};

}  // namespace iocd::http
