#pragma once

#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "domain/event.h"
#include "domain/sending_rights.h"

namespace iocd::domain {

/// An event as sent, before anything is believed of it. Views point into the request.
struct RawEvent {
  enum class Measure : std::uint8_t { kNone, kValue, kParts };

  absl::string_view indicator;
  absl::string_view department;  // empty: the sender's own
  absl::string_view member;      // empty: none
  bool has_time = false;
  std::int64_t seconds = 0;  // since the Unix epoch
  std::int32_t nanos = 0;
  Measure measure = Measure::kNone;
  double value = 0;                       // with kValue
  double numerator = 0, denominator = 0;  // with kParts
  std::optional<double> weight;           // scores; 1 if not given
  absl::string_view reference;
};

/// A refusal without its place in the batch.
struct Objection {
  RefusalCode code{};
  std::string message;
};

/// Checks one event of `sender` against the catalogue and the clock, the only place that compares
/// event time with arrival. Returns the admitted event (its reference still points into the
/// request) or the first objection. Messages name the offending text, cut to
/// limits::kMaxQuotedInputBytes, and what is allowed. `rights` is what the sender was granted
/// beside the catalogue; nullptr: all.
///
/// Order: indicator, department, permission, member, measure, value, reference, range, time,
/// whether the department was there then.
std::variant<Event, Objection> Admit(const Catalogue& catalogue, const Department& sender,
                                     const RawEvent& event, Timestamp now,
                                     const SendingRights* rights = nullptr);

}  // namespace iocd::domain
