#include "engine/recovery.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace iocd::engine {
namespace {

// Asking may cost a system call; so many batches are read in milliseconds.
constexpr std::uint64_t kBatchesBetweenLooks = 1'024;

absl::Status ApplyDefine(const eventlog::RawRecord& raw, State* state) {
  const auto record = eventlog::ParseDefineRecord(raw.body);
  if (!record.ok()) return record.status();
  return state->Apply(*record);
}

absl::Status ApplyBatch(const eventlog::RawRecord& raw, std::uint64_t position, State* state,
                        Recovery* recovery) {
  const auto record = eventlog::BatchRecord::Parse(raw.body);
  if (!record.ok()) return record.status();
  ++recovery->batches;
  recovery->events += record->event_count();
  recovery->newest_arrival = std::max(recovery->newest_arrival, record->header().arrival);
  return state->Apply(*record, position);
}

}  // namespace

absl::StatusOr<std::unique_ptr<eventlog::EventLog>> RecoverState(
    const eventlog::EventLog::Options& options, FileSystem& file_system,
    const std::function<bool()>& stop_requested, State* state, Recovery* recovery) {
  eventlog::EventLog::Replayed replayed;
  auto log = eventlog::EventLog::Open(
      options, file_system, eventlog::EventLog::From{},
      [&](const eventlog::RawRecord& raw, std::uint64_t position) {
        switch (raw.type) {
          case eventlog::RecordType::kDefine:
            return ApplyDefine(raw, state);
          case eventlog::RecordType::kLost:  // the log itself counts these
            return absl::OkStatus();
          case eventlog::RecordType::kBatch:
            if (stop_requested && recovery->batches % kBatchesBetweenLooks == 0 &&
                stop_requested()) {
              return absl::CancelledError("asked to stop while the event log was read");
            }
            return ApplyBatch(raw, position, state, recovery);
        }
        return absl::DataLossError(
            absl::StrCat("a record of the unknown type ", static_cast<int>(raw.type)));
      },
      &replayed);
  recovery->bytes = replayed.bytes;
  recovery->torn_bytes = replayed.torn_bytes;
  recovery->torn_file = replayed.torn_file;
  return log;
}

}  // namespace iocd::engine
