#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "domain/event.h"
#include "domain/ids.h"
#include "engine/counted_reference.h"
#include "eventlog/batch_record.h"

namespace iocd::engine {

/// One validated batch on its way into the log. Made in parallel by ingest; owns all its bytes.
struct Batch {
  domain::DepartmentId department{};  // who sends
  std::string producer;               // 1..64 bytes
  eventlog::BatchKey key;             // sequence, batch id, or neither
  eventlog::ContentHash content;      // of the request as sent
  Timestamp arrival;
  bool validate_only = false;  // answer as if, change nothing
  std::uint32_t accepted = 0;  // events in `record`
  std::vector<domain::Refusal> refusals;
  std::string record;                        // eventlog::BatchRecordBuilder's bytes
  std::vector<CountedReference> references;  // of the events in `record` that count once
  std::uint32_t already_counted = 0;         // of these; the engine decides and marks them
};

/// What the sender is told of a batch that was taken (or was taken before).
struct Answer {
  bool duplicate = false;
  bool answer_expired = false;  // a duplicate so old that its answer is no longer kept
  std::uint32_t accepted = 0;   // events that count
  // Events whose reference had been counted before, of indicators that count each once; part of
  // neither `accepted` nor `refusals`.
  std::uint32_t already_counted = 0;
  std::vector<domain::Refusal> refusals;
};

}  // namespace iocd::engine
