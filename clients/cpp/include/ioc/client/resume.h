#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// Asks the daemon where a producer stands; waits at most `timeout`. The error is gRPC's own:
/// Unimplemented from a daemon that is older than the question. Thread-safe.
absl::StatusOr<ioc::v1::ResumeResponse> Resume(const std::shared_ptr<grpc::Channel>& channel,
                                               const std::string& department,
                                               const std::string& producer, absl::Duration timeout);

}  // namespace ioc::client
