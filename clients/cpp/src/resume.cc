#include "ioc/client/resume.h"

#include "grpcpp/client_context.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "poll_connection.h"
#include "retry_info.h"

namespace ioc::client {

absl::StatusOr<ioc::v1::ResumeResponse> Resume(const std::shared_ptr<grpc::Channel>& channel,
                                               const std::string& department,
                                               const std::string& producer,
                                               absl::Duration timeout) {
  ioc::v1::ResumeRequest request;
  request.set_department(department);
  request.set_producer(producer);
  const absl::Time deadline = absl::Now() + timeout;
  PollConnection(*channel, timeout);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(deadline));
  ioc::v1::ResumeResponse response;
  absl::Status status =
      ToAbslStatus(ioc::v1::IngestService::NewStub(channel)->Resume(&context, request, &response));
  if (!status.ok()) return status;
  return response;
}

}  // namespace ioc::client
