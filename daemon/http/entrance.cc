#include "http/entrance.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "http/json.h"
#include "http/origin.h"
#include "http/refusals.h"

namespace iocd::http {
namespace {

bool Takes(const Gate& gate, absl::string_view method) {
  if (gate.method == Method::kPost) return method == "POST";
  return method == "GET" || method == "HEAD";
}

}  // namespace

std::variant<Admitted, Response> Entrance::Admit(const Request& request) const {
  absl::StatusOr<Target> target = ParseTarget(request.target);
  if (!target.ok()) return JsonError(target.status());
  const Gate* gate = GateOf(target->path);
  if (gate == nullptr) return NotFound(target->path);
  Admitted admitted{gate, *std::move(target), nullptr};
  if (gate->action) {
    auto caller =
        doorkeeper_.Admit({request.peer_address, request.authorization, request.certificate},
                          *gate->action, gate->call);
    if (!caller.ok()) return TurnedAway(gate->path, caller.status());
    admitted.caller = *std::move(caller);
  }
  if (!Takes(*gate, request.method)) return WrongMethod(*gate, request.method);
  if (admitted.caller != nullptr) {
    const absl::Status good = CheckBrowser(request, *gate, *admitted.caller);
    if (!good.ok()) return TurnedAway(gate->path, good);
  }
  return admitted;
}

std::optional<Response> Entrance::Renew(Admitted* admitted) const {
  if (admitted->caller == nullptr) return std::nullopt;
  auto caller = doorkeeper_.Renew(admitted->caller, *admitted->gate->action);
  if (!caller.ok()) return TurnedAway(admitted->gate->path, caller.status());
  admitted->caller = *std::move(caller);
  return std::nullopt;
}

absl::Status Entrance::CheckBrowser(const Request& request, const Gate& gate,
                                    const audit::Caller& caller) const {
  // Elsewhere a name is of no use to such a page: the caller must say who they are, or the
  // certificate would have to bear it. Beyond loopback the operator has opened the daemon to all.
  if (request.plain_loopback && caller.how == audit::How::kOpen &&
      !HostIsAddressOrLocalhost(request.host)) {
    return Refuse(gate, caller,
                  "this daemon believes whoever calls, and so answers only where the Host of the "
                  "request is an IP address or localhost, as in http://127.0.0.1:7480/metrics; a "
                  "proxy in front sends such a one (docs/http.md).");
  }
  if (gate.method == Method::kGet || !FromAnotherSite(request)) return absl::OkStatus();
  return Refuse(
      gate, caller,
      absl::StrCat("pages of other sites may not ", access::ActionText(*gate.action), " here."));
}

absl::Status Entrance::Refuse(const Gate& gate, const audit::Caller& caller,
                              const std::string& why) const {
  audit::Entry entry = audit::EntryOf(caller, audit::kPermissionRefused);
  entry.outcome = audit::Outcome::kRefused;
  entry.what = std::string(access::ActionText(*gate.action));
  entry.why = why;
  recorder_.Record(std::move(entry));
  metrics_.CountRefusedCall(absl::StatusCode::kPermissionDenied);
  return absl::PermissionDeniedError(why);
}

}  // namespace iocd::http
