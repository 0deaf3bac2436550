#include "tool/daemon_query.h"

#include <chrono>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/client_context.h"

namespace ioc::tool {
namespace {

constexpr std::chrono::seconds kTimeLimit(10);

/// gRPC's words where no connection came about.
bool NoConnection(absl::string_view words) {
  return absl::StrContains(words, "connect") || absl::StrContains(words, "resolution");
}

/// What is wrong with TLS, as far as gRPC's words tell; empty: nothing is, there is no daemon.
std::string TlsTrouble(absl::string_view words) {
  if (absl::StrContains(words, "wrong version number")) {
    return "it does not speak TLS; leave out --ca, or is --target right?";
  }
  const std::size_t handshake = words.find("andshake failed");
  if (handshake != absl::string_view::npos || absl::StrContains(words, "Peer name")) {
    const std::size_t reason = words.rfind(':');
    return absl::StrCat(
        absl::StripAsciiWhitespace(
            words.substr(reason == absl::string_view::npos ? 0 : reason + 1)),
        "; does --ca name who signs its certificate, and is that made for the name in --target?");
  }
  if (absl::StrContains(words, "Socket closed")) {
    return "it hung up at once. If it speaks TLS, name --ca; if that is named, the certificate "
           "given with --cert is signed by an authority that the daemon does not know, has "
           "expired, "
           "or is not made for clients; the daemon's log says which";
  }
  return "";
}

template <typename Call>
absl::Status Ask(const std::string& target, Call call) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kTimeLimit);
  const grpc::Status status = call(&context);
  return ForPeople(
      absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message()),
      target);
}

}  // namespace

DaemonQuery::DaemonQuery(std::string target, const std::shared_ptr<grpc::Channel>& channel)
    : target_(std::move(target)),
      stub_(v1::QueryService::NewStub(channel)),
      ingest_(v1::IngestService::NewStub(channel)),
      admin_(v1::AdminService::NewStub(channel)),
      health_(grpc::health::v1::Health::NewStub(channel)) {}

absl::StatusOr<v1::ListDepartmentsResponse> DaemonQuery::Departments() const {
  v1::ListDepartmentsResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return stub_->ListDepartments(context, {}, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListIndicatorsResponse> DaemonQuery::Indicators() const {
  v1::ListIndicatorsResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return stub_->ListIndicators(context, {}, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::GetScorecardResponse> DaemonQuery::Scorecard(const std::string& scope) const {
  v1::GetScorecardRequest request;
  request.set_scope(scope);
  v1::GetScorecardResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return stub_->GetScorecard(context, request, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListTargetsResponse> DaemonQuery::Targets(const std::string& scope,
                                                             bool superseded) const {
  v1::ListTargetsRequest request;
  request.set_scope(scope);
  request.set_superseded(superseded);
  v1::ListTargetsResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return stub_->ListTargets(context, request, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListReportsResponse> DaemonQuery::Reports(const std::string& scope,
                                                             std::uint32_t year, bool all) const {
  v1::ListReportsRequest request;
  request.set_scope(scope);
  request.set_year(year);
  request.set_all(all);
  v1::ListReportsResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return stub_->ListReports(context, request, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ResumeResponse> DaemonQuery::Resume(const std::string& department,
                                                       const std::string& producer) const {
  v1::ResumeRequest request;
  request.set_department(department);
  request.set_producer(producer);
  v1::ResumeResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return ingest_->Resume(context, request, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ClockState> DaemonQuery::Clock() const {
  v1::ClockState state;
  absl::Status status = Ask(
      target_, [&](grpc::ClientContext* context) { return admin_->GetClock(context, {}, &state); });
  if (!status.ok()) return status;
  return state;
}

absl::StatusOr<v1::ClockState> DaemonQuery::ConfirmClock() const {
  v1::ClockState state;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return admin_->ConfirmClock(context, {}, &state);
  });
  if (!status.ok()) return status;
  return state;
}

absl::StatusOr<v1::ReloadResponse> DaemonQuery::Reload() const {
  v1::ReloadResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return admin_->Reload(context, {}, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<grpc::health::v1::HealthCheckResponse> DaemonQuery::Health() const {
  grpc::health::v1::HealthCheckResponse response;
  absl::Status status = Ask(target_, [&](grpc::ClientContext* context) {
    return health_->Check(context, {}, &response);
  });
  if (!status.ok()) return status;
  return response;
}

bool IsUnreached(const absl::Status& status) {
  return absl::IsUnavailable(status) && NoConnection(status.message()) &&
         TlsTrouble(status.message()).empty();
}

absl::Status ForPeople(const absl::Status& status, const std::string& target) {
  if (status.code() == absl::StatusCode::kDeadlineExceeded) {
    return absl::DeadlineExceededError(
        absl::StrCat("the daemon at ", target, " did not answer in time"));
  }
  if (absl::IsUnauthenticated(status) && absl::StrContains(status.message(), "say who you are")) {
    return absl::UnauthenticatedError(
        absl::StrCat(status.message(), " (here: --cert and --key, or --token-file)"));
  }
  if (!absl::IsUnavailable(status) || !NoConnection(status.message())) return status;
  const std::string trouble = TlsTrouble(status.message());
  if (!trouble.empty()) {
    return absl::UnavailableError(
        absl::StrCat("no TLS with the daemon at ", target, ": ", trouble));
  }
  return absl::UnavailableError(absl::StrCat("no daemon answers at ", target,
                                             "; is iocd running there, and is --target right?"));
}

}  // namespace ioc::tool
