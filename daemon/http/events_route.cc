#include "http/events_route.h"

#include <string>
#include <utility>

#include "http/json.h"
#include "http/parameters.h"
#include "http/retry_after.h"
#include "ioc/v1/ingest.pb.h"

namespace iocd::http {
namespace {

/// Of an ingest::PushReply or ingest::ResumeReply.
template <typename Reply>
Response ToResponse(const Reply& reply) {
  if (reply.status.ok()) return JsonResponse(reply.response);
  Response response = JsonError(reply.status);
  if (reply.retry_after) AddRetryAfter(*reply.retry_after, &response);
  return response;
}

}  // namespace

void PushEvents(ingest::Ingestor& ingestor, exposition::DaemonMetrics& metrics,
                const Request& request, door::CallerPtr caller, Respond respond) {
  ioc::v1::PushRequest push;
  if (const absl::Status parsed = ParseJson(request.body, &push); !parsed.ok()) {
    metrics.CountBatch(parsed.code());
    ingestor.RefusedAtDoor(std::move(caller), parsed);
    return std::move(respond)(JsonError(parsed));
  }
  ingestor.Push(push.SerializeAsString(), std::move(caller),
                [respond = std::move(respond)](const ingest::PushReply& reply) mutable {
                  std::move(respond)(ToResponse(reply));
                });
}

void ResumeProducer(ingest::Ingestor& ingestor, const Target& target, door::CallerPtr caller,
                    Respond respond) {
  ioc::v1::ResumeRequest request;
  const absl::Status filled = FillRequest(target, &request);
  if (!filled.ok()) return std::move(respond)(JsonError(filled));
  ingestor.Resume(request, std::move(caller),
                  [respond = std::move(respond)](const ingest::ResumeReply& reply) mutable {
                    std::move(respond)(ToResponse(reply));
                  });
}

}  // namespace iocd::http
