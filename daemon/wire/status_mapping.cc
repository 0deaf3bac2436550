#include "wire/status_mapping.h"

#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "wire/proto_time.h"

namespace iocd::wire {

grpc::Status ToGrpcStatus(const absl::Status& status, std::optional<Duration> retry_after) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.raw_code());
  if (!retry_after) return {code, std::string(status.message())};

  google::rpc::RetryInfo retry;
  *retry.mutable_retry_delay() = ToProto(*retry_after);
  google::rpc::Status details;
  details.set_code(status.raw_code());
  details.set_message(std::string(status.message()));
  details.add_details()->PackFrom(retry);
  return {code, std::string(status.message()), details.SerializeAsString()};
}

int HttpStatusNumber(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

}  // namespace iocd::wire
