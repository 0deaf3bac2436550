#include "ioc/client/push_once.h"

#include "grpcpp/client_context.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "retry_info.h"

namespace ioc::client {

PushResult PushOnce(const std::shared_ptr<grpc::Channel>& channel,
                    const ioc::v1::PushRequest& request, absl::Duration timeout) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  PushResult result;
  const auto stub = ioc::v1::IngestService::NewStub(channel);
  const grpc::Status status = stub->Push(&context, request, &result.response);
  result.status = ToAbslStatus(status);
  result.retry_after = RetryAfter(status);
  return result;
}

}  // namespace ioc::client
