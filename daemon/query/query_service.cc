#include "query/query_service.h"

#include <utility>

#include "wire/status_mapping.h"

namespace iocd::query {
namespace {

template <typename Response>
grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context,
                                 absl::StatusOr<Response> answer, Response* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const grpc::Status status = wire::ToGrpcStatus(answer.status());
  if (answer.ok()) *response = *std::move(answer);
  reactor->Finish(status);
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* QueryService::ListDepartments(
    grpc::CallbackServerContext* context, const ioc::v1::ListDepartmentsRequest* request,
    ioc::v1::ListDepartmentsResponse* response) {
  return Finish(context, query_.ListDepartments(*request), response);
}

grpc::ServerUnaryReactor* QueryService::ListIndicators(
    grpc::CallbackServerContext* context, const ioc::v1::ListIndicatorsRequest* request,
    ioc::v1::ListIndicatorsResponse* response) {
  return Finish(context, query_.ListIndicators(*request), response);
}

grpc::ServerUnaryReactor* QueryService::GetSeries(grpc::CallbackServerContext* context,
                                                  const ioc::v1::GetSeriesRequest* request,
                                                  ioc::v1::GetSeriesResponse* response) {
  return Finish(context, query_.GetSeries(*request), response);
}

grpc::ServerUnaryReactor* QueryService::GetScorecard(grpc::CallbackServerContext* context,
                                                     const ioc::v1::GetScorecardRequest* request,
                                                     ioc::v1::GetScorecardResponse* response) {
  return Finish(context, query_.GetScorecard(*request), response);
}

}  // namespace iocd::query
