#pragma once

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// What came of one unary Push.
struct PushResult {
  /// OK: the batch is durable and counted, `response` is its answer. Otherwise the words of the
  /// daemon, or of gRPC where no daemon answered.
  absl::Status status;
  ioc::v1::PushResponse response;
  /// With ResourceExhausted: how long the daemon asks to wait.
  std::optional<absl::Duration> retry_after;
};

/// Sends one batch and waits for its answer, at most `timeout`. Does not retry: on Unavailable,
/// Cancelled (by a daemon that stops) or DeadlineExceeded the outcome is unknown, and the same
/// batch may be sent again under the same key. Thread-safe.
PushResult PushOnce(const std::shared_ptr<grpc::Channel>& channel,
                    const ioc::v1::PushRequest& request, absl::Duration timeout);

}  // namespace ioc::client
