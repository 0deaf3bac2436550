#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/ids.h"

namespace iocd::domain {

/// One admitted event. The two numbers mean, by kind:
///   flow, duration, stock, rank, reported, worst: `first` is the value;
///   ratio: `first`/`second` are numerator and denominator;
///   coverage: the same if `has_second`, otherwise `first` is a bare fraction;
///   score: `first` is the value, `second` its weight (1 if the sender gave none).
struct Event {
  SeriesKey series;
  Timestamp time;  // event time
  double first = 0;
  double second = 0;
  bool has_second = false;
  bool counts_once = false;      // by its reference, among those of its department and indicator
  bool already_counted = false;  // with counts_once: the reference was, so this changes nothing
  absl::string_view reference;   // the source record's code; points into the batch it came in
};

/// Why an event is refused. The names are the contract's; the numbers stand in the event log and in
/// proto/ioc/v1/ingest.proto: never renumber.
enum class RefusalCode : std::uint8_t {
  kUnknownIndicator = 1,
  kUnknownDepartment = 2,
  kUnknownMember = 3,
  kNotPermitted = 4,
  kWrongMeasure = 5,
  kInvalidValue = 6,
  kOutOfRange = 7,
  kMissingTime = 8,
  kTooOld = 9,
  kInFuture = 10,
};

/// One refused event of a batch: its place in the batch and a sentence for the sender.
struct Refusal {
  std::uint32_t index = 0;  // from 0, as sent
  RefusalCode code{};
  std::string message;

  friend bool operator==(const Refusal&, const Refusal&) = default;
};

absl::string_view RefusalCodeName(RefusalCode code);  // "UNKNOWN_INDICATOR"

}  // namespace iocd::domain
