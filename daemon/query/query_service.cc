#include "query/query_service.h"

#include <utility>

#include "query/watch_stream.h"
#include "wire/status_mapping.h"

namespace iocd::query {
namespace {

/// Answers a call, if the doorkeeper lets its caller in.
template <typename Ask, typename Response>
grpc::ServerUnaryReactor* Answer(door::Doorkeeper& doorkeeper, grpc::CallbackServerContext* context,
                                 access::Action action, absl::string_view call, Ask ask,
                                 Response* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto caller = doorkeeper.Admit(*context, action, call);
  if (!caller.ok()) {
    reactor->Finish(door::ToGrpcStatus(caller.status()));
    return reactor;
  }
  absl::StatusOr<Response> answer = ask();
  const grpc::Status status = wire::ToGrpcStatus(answer.status());
  if (answer.ok()) *response = *std::move(answer);
  reactor->Finish(status);
  return reactor;
}

/// The end of a watch that never began.
class RefusedWatch final : public grpc::ServerWriteReactor<ioc::v1::WatchResponse> {
 public:
  explicit RefusedWatch(const absl::Status& why) { Finish(door::ToGrpcStatus(why)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerUnaryReactor* QueryService::ListDepartments(
    grpc::CallbackServerContext* context, const ioc::v1::ListDepartmentsRequest* request,
    ioc::v1::ListDepartmentsResponse* response) {
  return Answer(
      doorkeeper_, context, access::Action::kListCatalogue, "ListDepartments",
      [&] { return query_.ListDepartments(*request); }, response);
}

grpc::ServerUnaryReactor* QueryService::ListIndicators(
    grpc::CallbackServerContext* context, const ioc::v1::ListIndicatorsRequest* request,
    ioc::v1::ListIndicatorsResponse* response) {
  return Answer(
      doorkeeper_, context, access::Action::kListCatalogue, "ListIndicators",
      [&] { return query_.ListIndicators(*request); }, response);
}

grpc::ServerUnaryReactor* QueryService::GetSeries(grpc::CallbackServerContext* context,
                                                  const ioc::v1::GetSeriesRequest* request,
                                                  ioc::v1::GetSeriesResponse* response) {
  return Answer(
      doorkeeper_, context, access::Action::kReadFigures, "GetSeries",
      [&] { return query_.GetSeries(*request); }, response);
}

grpc::ServerUnaryReactor* QueryService::GetScorecard(grpc::CallbackServerContext* context,
                                                     const ioc::v1::GetScorecardRequest* request,
                                                     ioc::v1::GetScorecardResponse* response) {
  return Answer(
      doorkeeper_, context, access::Action::kReadFigures, "GetScorecard",
      [&] { return query_.GetScorecard(*request); }, response);
}

grpc::ServerUnaryReactor* QueryService::ListTargets(grpc::CallbackServerContext* context,
                                                    const ioc::v1::ListTargetsRequest* request,
                                                    ioc::v1::ListTargetsResponse* response) {
  return Answer(
      doorkeeper_, context, access::Action::kReadFigures, "ListTargets",
      [&] { return query_.ListTargets(*request); }, response);
}

grpc::ServerUnaryReactor* QueryService::ListReports(grpc::CallbackServerContext* context,
                                                    const ioc::v1::ListReportsRequest* request,
                                                    ioc::v1::ListReportsResponse* response) {
  return Answer(
      doorkeeper_, context, access::Action::kReadFigures, "ListReports",
      [&] { return query_.ListReports(*request); }, response);
}

grpc::ServerWriteReactor<ioc::v1::WatchResponse>* QueryService::Watch(
    grpc::CallbackServerContext* context, const ioc::v1::WatchRequest* request) {
  auto caller = doorkeeper_.Admit(*context, access::Action::kReadFigures, "Watch");
  if (!caller.ok()) return new RefusedWatch(caller.status());
  const auto watch = watchers_.Begin(request->scope(), *std::move(caller));
  if (!watch.ok()) return new RefusedWatch(watch.status());
  return WatchStream::Start(*context, *watch);
}

}  // namespace iocd::query
