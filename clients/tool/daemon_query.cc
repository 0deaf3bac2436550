#include "tool/daemon_query.h"

#include <chrono>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/client_context.h"
#include "ioc/client/channel.h"

namespace ioc::tool {
namespace {

constexpr std::chrono::seconds kTimeLimit(10);

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

DaemonQuery::DaemonQuery(const std::string& target)
    : DaemonQuery(target, client::Connect(target)) {}

DaemonQuery::DaemonQuery(std::string target, const std::shared_ptr<grpc::Channel>& channel)
    : target_(std::move(target)),
      stub_(v1::QueryService::NewStub(channel)),
      ingest_(v1::IngestService::NewStub(channel)),
      admin_(v1::AdminService::NewStub(channel)) {}

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

bool IsUnreached(const absl::Status& status) {
  return absl::IsUnavailable(status) && (absl::StrContains(status.message(), "connect") ||
                                         absl::StrContains(status.message(), "resolution"));
}

absl::Status ForPeople(const absl::Status& status, const std::string& target) {
  if (status.code() == absl::StatusCode::kDeadlineExceeded) {
    return absl::DeadlineExceededError(
        absl::StrCat("the daemon at ", target, " did not answer in time"));
  }
  if (!IsUnreached(status)) return status;
  return absl::UnavailableError(absl::StrCat("no daemon answers at ", target,
                                             "; is iocd running there, and is --target right?"));
}

}  // namespace ioc::tool
