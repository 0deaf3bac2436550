#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// What the daemon takes in one batch.
inline constexpr int kMaxBatchEvents = 10'000;
inline constexpr std::size_t kMaxBatchBytes = 4 * 1024 * 1024;

/// The events as the fewest batches of their order that the daemon takes, whatever sequence each
/// gets later. InvalidArgument, with the event's place: an event that is too large for a batch, or
/// that could not be read again: text that is not UTF-8, a time outside the years 1 to 9999.
absl::StatusOr<std::vector<ioc::v1::PushRequest>> SplitIntoBatches(
    const std::string& department, const std::string& producer,
    const std::vector<ioc::v1::Event>& events);

}  // namespace ioc::client
