#pragma once

#include <grpcpp/support/status.h>

#include <optional>

#include "absl/status/status.h"
#include "base/timestamp.h"

namespace iocd::wire {

/// The one place where errors become what a network caller sees. Their words stay the same at every
/// door.

/// The same code and message; `retry_after` as google.rpc.RetryInfo in the standard error details
/// (a serialized google.rpc.Status in the trailer grpc-status-details-bin).
grpc::Status ToGrpcStatus(const absl::Status& status,
                          std::optional<Duration> retry_after = std::nullopt);

/// The HTTP status number of a code: 200, 400, 409, 429, … as google.rpc.Code documents the
/// mapping.
int HttpStatusNumber(absl::StatusCode code);

}  // namespace iocd::wire
