#pragma once

#include "door/doorkeeper.h"
#include "ioc/v1/query.grpc.pb.h"
#include "query/query.h"
#include "query/watchers.h"

namespace iocd::query {

/// QueryService over gRPC: hands each call of one who may ask to Query and maps errors. What it is
/// given outlives it.
class QueryService final : public ioc::v1::QueryService::CallbackService {
 public:
  QueryService(const Query& query, Watchers& watchers, door::Doorkeeper& doorkeeper)
      : query_(query), watchers_(watchers), doorkeeper_(doorkeeper) {}

  grpc::ServerUnaryReactor* ListDepartments(grpc::CallbackServerContext* context,
                                            const ioc::v1::ListDepartmentsRequest* request,
                                            ioc::v1::ListDepartmentsResponse* response) override;
  grpc::ServerUnaryReactor* ListIndicators(grpc::CallbackServerContext* context,
                                           const ioc::v1::ListIndicatorsRequest* request,
                                           ioc::v1::ListIndicatorsResponse* response) override;
  grpc::ServerUnaryReactor* GetSeries(grpc::CallbackServerContext* context,
                                      const ioc::v1::GetSeriesRequest* request,
                                      ioc::v1::GetSeriesResponse* response) override;
  grpc::ServerUnaryReactor* GetScorecard(grpc::CallbackServerContext* context,
                                         const ioc::v1::GetScorecardRequest* request,
                                         ioc::v1::GetScorecardResponse* response) override;
  grpc::ServerUnaryReactor* ListTargets(grpc::CallbackServerContext* context,
                                        const ioc::v1::ListTargetsRequest* request,
                                        ioc::v1::ListTargetsResponse* response) override;
  grpc::ServerUnaryReactor* ListReports(grpc::CallbackServerContext* context,
                                        const ioc::v1::ListReportsRequest* request,
                                        ioc::v1::ListReportsResponse* response) override;
  grpc::ServerWriteReactor<ioc::v1::WatchResponse>* Watch(
      grpc::CallbackServerContext* context, const ioc::v1::WatchRequest* request) override;

 private:
  const Query& query_;
  Watchers& watchers_;
  door::Doorkeeper& doorkeeper_;
};

}  // namespace iocd::query
