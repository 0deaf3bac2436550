#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/support/status.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

absl::Status ToAbslStatus(const grpc::Status& status);

/// The delay that google.rpc.RetryInfo in the status's details asks for; nullopt without one.
std::optional<absl::Duration> RetryAfter(const grpc::Status& status);

/// The same of a batch of a stream that failed as a whole.
std::optional<absl::Duration> RetryAfter(const ioc::v1::Error& error);

/// True if the same batch may succeed later: the daemon was busy, away, or its answer was lost.
/// False if the sender has to mend something first.
bool MayRetry(absl::StatusCode code);

}  // namespace ioc::client
