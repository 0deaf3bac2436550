#pragma once

#include <optional>
#include <string>
#include <variant>

#include "audit/recorder.h"
#include "door/doorkeeper.h"
#include "exposition/daemon_metrics.h"
#include "http/gates.h"
#include "http/message.h"
#include "http/target.h"

namespace iocd::http {

/// What is known of a request that may come to its route. A value.
struct Admitted {
  const Gate* gate;
  Target target;
  door::CallerPtr caller;  // nullptr where anyone may come
};

/// The one way to the routes: what holds for all of them is asked here, so that none can forget it.
/// Thread-safe; what it is given outlives it.
class Entrance {
 public:
  Entrance(door::Doorkeeper& doorkeeper, audit::Recorder& recorder,
           exposition::DaemonMetrics& metrics)
      : doorkeeper_(doorkeeper), recorder_(recorder), metrics_(metrics) {}

  /// Whether the page is there, who calls, if they may, and whether a browser was led to ask. Looks
  /// at all of the request but its body. Otherwise the answer that says why not; who is turned away
  /// is counted (iocd_calls_refused_total) and stands in the audit log. May take a second, for a
  /// bearer token that is new here.
  std::variant<Admitted, Response> Admit(const Request& request) const;

  /// Looks again at a caller whose body took its time: they may have been revoked since. nullopt:
  /// they may still come in.
  std::optional<Response> Renew(Admitted* admitted) const;

 private:
  /// PermissionDenied where a page of another site sends something that changes the daemon, or asks
  /// an open daemon of this machine anything by a name that the page's owner has made.
  absl::Status CheckBrowser(const Request& request, const Gate& gate,
                            const audit::Caller& caller) const;
  /// Counts and records a refusal.
  absl::Status Refuse(const Gate& gate, const audit::Caller& caller, const std::string& why) const;

  door::Doorkeeper& doorkeeper_;
  audit::Recorder& recorder_;
  exposition::DaemonMetrics& metrics_;
};

}  // namespace iocd::http
