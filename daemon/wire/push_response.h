#pragma once

#include <optional>

#include "absl/status/status.h"
#include "base/timestamp.h"
#include "engine/batch.h"
#include "eventlog/batch_record.h"
#include "ioc/v1/ingest.pb.h"

namespace iocd::wire {

/// The answer to a batch that was taken, or had been before.
ioc::v1::PushResponse ToResponse(const eventlog::BatchKey& key, const engine::Answer& answer,
                                 Timestamp now);

/// The head of any answer: the request's key repeated, and the daemon's clock.
ioc::v1::PushResponse EmptyResponse(const eventlog::BatchKey& key, Timestamp now);

/// In a stream: why a batch as a whole was not taken.
ioc::v1::Error ToError(const absl::Status& status, std::optional<Duration> retry_after);

}  // namespace iocd::wire
