#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/event.h"

namespace iocd::eventlog {

/// What protects a batch against being counted twice.
struct NoKey {
  friend bool operator==(NoKey, NoKey) = default;
};
using Sequence = std::uint64_t;  // from 1
using BatchKey = std::variant<NoKey, Sequence, std::string /* batch id */>;

/// XXH3-128 of the request as sent.
struct ContentHash {
  std::uint64_t low = 0, high = 0;
  friend bool operator==(const ContentHash&, const ContentHash&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const ContentHash& hash) {
    return H::combine(std::move(state), hash.low, hash.high);
  }
};
ContentHash HashContent(absl::string_view bytes);

/// What stands before the events of a batch.
struct BatchHeader {
  Timestamp arrival;
  domain::DepartmentId department{};
  std::string producer;
  BatchKey key;
  ContentHash content;
  bool simulated = false;
};

/// Writes one batch record, event by event, into one string without copies. Format:
/// docs/event-log.md.
class BatchRecordBuilder {
 public:
  /// `expected_events` sizes the buffer.
  BatchRecordBuilder(const BatchHeader& header, std::size_t expected_events);

  /// The reference is at most limits::kMaxReferenceBytes long. Returns where the event's flags
  /// stand in the record, for MarkAlreadyCounted().
  std::uint32_t Add(const domain::Event& event);
  std::uint32_t EventCount() const { return event_count_; }

  /// Adds the refusals and returns the framed record, as the log takes it.
  std::string Finish(std::span<const domain::Refusal> refusals) &&;

 private:
  std::string record_;
  std::size_t counts_offset_ = 0;
  std::uint32_t event_count_ = 0;
};

/// Marks an event that counts once in a finished record: its reference was already counted.
void MarkAlreadyCounted(std::string* record, std::uint32_t flags_offset);

/// A batch record as read from the log. Views point into the buffer that it was parsed from.
class BatchRecord {
 public:
  /// `body` is a record's body (the bytes after its frame). DataLoss if it is malformed.
  static absl::StatusOr<BatchRecord> Parse(absl::string_view body);

  const BatchHeader& header() const { return header_; }
  std::uint32_t event_count() const { return event_count_; }
  std::uint32_t refusal_count() const { return refusal_count_; }

  /// Calls `visit(const domain::Event&)` for each event in the order sent. False if the bytes are
  /// malformed; the events before that place have been visited.
  template <typename Visit>
  bool ForEachEvent(Visit&& visit) const {
    const char* at = events_.data();
    const char* const end = at + events_.size();
    domain::Event event;
    for (std::uint32_t i = 0; i < event_count_; ++i) {
      at = DecodeEvent(at, end, &event);
      if (at == nullptr) return false;
      visit(static_cast<const domain::Event&>(event));
    }
    return at == end;
  }

  /// DataLoss if the bytes are malformed.
  absl::StatusOr<std::vector<domain::Refusal>> Refusals() const;

 private:
  /// Returns the place behind the event, or nullptr if it does not fit before `end`.
  static const char* DecodeEvent(const char* at, const char* end, domain::Event* event);

  BatchHeader header_;
  std::uint32_t event_count_ = 0;
  std::uint32_t refusal_count_ = 0;
  absl::string_view events_;    // encoded
  absl::string_view refusals_;  // encoded
};

}  // namespace iocd::eventlog
