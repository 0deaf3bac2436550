#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "access/access_control.h"
#include "audit/recorder.h"
#include "base/clock.h"
#include "base/timestamp.h"
#include "door/caller.h"
#include "door/shown_certificates.h"
#include "exposition/daemon_metrics.h"

namespace iocd::door {

/// Stands at every door of the daemon, gRPC and HTTP: finds out who calls, and lets in whom the
/// rules let in. Who is turned away is counted (iocd_calls_refused_total) and stands in the audit
/// log. Thread-safe; all that it is given outlives it.
class Doorkeeper {
 public:
  /// What one who was turned away for lack of room is told to wait.
  static constexpr Duration kRetryAfter = Duration::Seconds(5);

  Doorkeeper(access::AccessControl& access, const Clock& clock, audit::Recorder& recorder,
             exposition::DaemonMetrics& metrics)
      : access_(access), clock_(clock), recorder_(recorder), metrics_(metrics) {}

  /// Who calls, if they may do this. `call` is a literal, for the audit log: "Push", "GET
  /// /metrics". Unauthenticated, PermissionDenied or ResourceExhausted (again after kRetryAfter),
  /// with the sentence for the caller.
  absl::StatusOr<CallerPtr> Admit(const access::Credentials& credentials, access::Action action,
                                  absl::string_view call);
  absl::StatusOr<CallerPtr> Admit(const grpc::ServerContextBase& context, access::Action action,
                                  absl::string_view call);

  /// Looks again at the caller of a long call, who may have been revoked or granted something else
  /// since. The same pointer while nothing has changed.
  absl::StatusOr<CallerPtr> Renew(const CallerPtr& caller, access::Action action);

 private:
  /// `shown`: what they showed who were not believed.
  absl::Status TurnAway(const audit::Caller& caller, access::Action action, absl::string_view shown,
                        const absl::Status& why);

  access::AccessControl& access_;
  const Clock& clock_;
  audit::Recorder& recorder_;
  exposition::DaemonMetrics& metrics_;
  ShownCertificates shown_certificates_;
};

/// The delay that belongs to a refusal of the doorkeeper's; nullopt: waiting does not help.
std::optional<Duration> RetryAfter(const absl::Status& refusal);

/// The refusal as a caller over gRPC sees it, with that delay.
grpc::Status ToGrpcStatus(const absl::Status& refusal);

}  // namespace iocd::door
