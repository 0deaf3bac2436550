#include "spool_batches.h"

#include <limits>

#include "absl/strings/str_cat.h"

namespace ioc::client {
namespace {

using ioc::v1::Event;
using ioc::v1::PushRequest;

/// Bytes of one element of `events` beside its own: tag and length.
constexpr std::size_t kElementOverhead = 6;

// google.protobuf.Timestamp: 0001-01-01 to 9999-12-31.
constexpr std::int64_t kFirstSecond = -62'135'596'800;
constexpr std::int64_t kLastSecond = 253'402'300'799;

bool CanBeReadAgain(const Event& event) {
  // Parsing checks what building did not: that each text is UTF-8.
  return Event().ParseFromString(event.SerializeAsString());
}

absl::Status CheckEvent(const Event& event, std::size_t place, std::size_t most_bytes) {
  const std::size_t bytes = event.ByteSizeLong() + kElementOverhead;
  if (bytes > most_bytes) {
    return absl::InvalidArgumentError(absl::StrCat("event ", place, " (from 0) has ", bytes,
                                                   " bytes; a batch has at most ", most_bytes));
  }
  const std::int64_t seconds = event.event_time().seconds();
  const std::int32_t nanos = event.event_time().nanos();
  if (seconds < kFirstSecond || seconds > kLastSecond || nanos < 0 || nanos > 999'999'999) {
    return absl::InvalidArgumentError(
        absl::StrCat("event ", place, " (from 0) has an event_time of ", seconds, " s and ", nanos,
                     " ns; allowed are the years 1 to 9999"));
  }
  if (CanBeReadAgain(event)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("event ", place, " (from 0) has text that is not UTF-8"));
}

}  // namespace

absl::StatusOr<std::vector<PushRequest>> SplitIntoBatches(const std::string& department,
                                                          const std::string& producer,
                                                          const std::vector<Event>& events) {
  PushRequest empty;
  empty.set_department(department);
  empty.set_producer(producer);
  empty.set_sequence(std::numeric_limits<std::uint64_t>::max());  // the longest that there is
  const std::size_t most_bytes = kMaxBatchBytes - empty.ByteSizeLong();
  std::vector<PushRequest> batches;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    absl::Status status = CheckEvent(events[i], i, most_bytes);
    if (!status.ok()) return status;
    const std::size_t added = events[i].ByteSizeLong() + kElementOverhead;
    if (batches.empty() || bytes + added > most_bytes ||
        batches.back().events_size() >= kMaxBatchEvents) {
      batches.push_back(empty);
      bytes = 0;
    }
    *batches.back().add_events() = events[i];
    bytes += added;
  }
  return batches;
}

}  // namespace ioc::client
