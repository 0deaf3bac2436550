#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/admission.h"
#include "eventlog/batch_record.h"
#include "wire/event_reader.h"
#include "wire/wire_reader.h"

namespace iocd::wire {

/// A serialized ioc.v1.PushRequest, read in place: first all that stands around the events (fields
/// may come in any order, so the sender may stand after them), then event by event without
/// allocation. Views point into the bytes given, which outlive it.
class PushRequestView {
 public:
  /// Reads everything but the events. InvalidArgument says at which byte the message is broken, or
  /// which text is not UTF-8.
  static absl::StatusOr<PushRequestView> Parse(absl::string_view bytes);

  absl::string_view department() const { return department_; }
  absl::string_view producer() const { return producer_; }
  const eventlog::BatchKey& key() const { return key_; }
  bool simulated() const { return simulated_; }
  bool validate_only() const { return validate_only_; }
  /// The bytes of the field `validate_only`, empty if it was not sent.
  absl::string_view validate_only_field() const { return validate_only_field_; }
  std::size_t event_count() const { return event_count_; }

  /// Calls `visit(index, const domain::RawEvent&)` for each event in the order sent. Stops at the
  /// first that is malformed: InvalidArgument names its index.
  template <typename Visit>
  absl::Status ForEachEvent(Visit&& visit) const;

 private:
  static constexpr std::uint32_t kEventsTag = WireReader::Tag(5, WireReader::kBytes);

  absl::string_view bytes_;
  absl::string_view department_, producer_;
  eventlog::BatchKey key_;
  bool simulated_ = false;
  bool validate_only_ = false;
  absl::string_view validate_only_field_;
  std::size_t event_count_ = 0;
};

template <typename Visit>
absl::Status PushRequestView::ForEachEvent(Visit&& visit) const {
  WireReader reader(bytes_);
  std::uint32_t index = 0;
  while (index < event_count_) {
    // Parse() has walked the same fields: neither function can fail here.
    std::uint32_t tag = 0;
    reader.ReadTag(&tag);
    if (tag != kEventsTag) {
      reader.Skip(tag, WireReader::kMaxDepth);
      continue;
    }
    absl::string_view bytes;
    reader.ReadBytes(&bytes);
    domain::RawEvent event;
    const absl::string_view defect = ReadEvent(bytes, &event);
    if (!defect.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("events[", index, "]", defect));
    }
    visit(index, event);
    ++index;
  }
  return absl::OkStatus();
}

}  // namespace iocd::wire
