#include "domain/admission.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "domain/period_history.h"
#include "domain/quantity.h"

// An admitted event costs look-ups and comparisons only: nothing here allocates before an
// objection.

namespace iocd::domain {
namespace {

using MaybeObjection = std::optional<Objection>;

template <typename... Parts>
Objection Object(RefusalCode code, const Parts&... parts) {
  return {code, absl::StrCat(parts...)};
}

std::string WhoReports(const Catalogue& catalogue, const Indicator& indicator) {
  if (indicator.reporters == Reporters::kOwner) {
    return absl::StrCat("'", catalogue.data().departments[*indicator.owner].code, "'");
  }
  return absl::StrCat("departments of kind ", absl::StrJoin(indicator.reporter_kinds, ", "));
}

/// Of the members with these numbers the first few.
std::string SomeOf(const MemberSet& set, const std::vector<std::size_t>& numbers) {
  constexpr std::size_t kShown = 12;
  const std::size_t shown = std::min(kShown, numbers.size());
  std::string text =
      absl::StrJoin(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(shown), ", ",
                    [&](std::string* out, std::size_t number) {
                      absl::StrAppend(out, set.members[number].code);
                    });
  if (shown < numbers.size()) {
    absl::StrAppend(&text, ", and ", numbers.size() - shown, " more");
  }
  return text;
}

/// Those that events may name.
std::string SomeMembers(const Catalogue& catalogue, const Indicator& indicator) {
  const std::size_t set = *indicator.member_set;
  return SomeOf(catalogue.data().member_sets[set], catalogue.LeavesOf(set));
}

Objection HasParts(const Catalogue& catalogue, const Indicator& indicator, const Member& member) {
  const MemberSet& set = *catalogue.MembersOf(indicator);
  const auto number = static_cast<std::size_t>(&member - set.members.data());
  return Object(RefusalCode::kNotPermitted, "member '", member.code,
                "' has parts, and its value is made of theirs: name one of them (",
                SomeOf(set, catalogue.LeavesOf(*indicator.member_set, number)), ")");
}

/// Fills in `id`; the catalogue's word decides whether a member is needed.
MaybeObjection ResolveMember(const Catalogue& catalogue, const Indicator& indicator,
                             absl::string_view code, MemberId* id) {
  const MemberSet* set = catalogue.MembersOf(indicator);
  if (set == nullptr) {
    if (code.empty()) return std::nullopt;
    return Object(RefusalCode::kUnknownMember, "indicator '", indicator.code,
                  "' is not divided into members, but the event names member ", Quoted(code),
                  ": leave it empty");
  }
  if (code.empty()) {
    return Object(RefusalCode::kUnknownMember, "indicator '", indicator.code,
                  "' is divided by the set '", set->code, "': name a member (",
                  SomeMembers(catalogue, indicator), ")");
  }
  const Member* member = catalogue.FindMember(indicator, code);
  if (member == nullptr) {
    return Object(RefusalCode::kUnknownMember, "the set '", set->code, "' of indicator '",
                  indicator.code, "' has no member ", Quoted(code), " (",
                  SomeMembers(catalogue, indicator), ")");
  }
  if (!catalogue.IsLeaf(indicator, *member)) return HasParts(catalogue, indicator, *member);
  *id = member->id;
  return std::nullopt;
}

MaybeObjection CheckMeasure(const Indicator& indicator, const RawEvent& event) {
  using Measure = RawEvent::Measure;
  const Kind kind = indicator.kind;
  const bool takes_parts = kind == Kind::kRatio || kind == Kind::kCoverage;
  const bool takes_value = kind != Kind::kRatio;
  const bool fits = event.measure == Measure::kParts   ? takes_parts
                    : event.measure == Measure::kValue ? takes_value
                                                       : false;
  if (!fits) {
    return Object(RefusalCode::kWrongMeasure, "indicator '", indicator.code, "' is of kind ",
                  KindName(kind), " and takes ",
                  !takes_value  ? "ratio {numerator, denominator}"
                  : takes_parts ? "ratio {numerator, denominator} or a bare value"
                                : "value",
                  "; the event has ",
                  event.measure == Measure::kNone    ? "neither value nor ratio"
                  : event.measure == Measure::kValue ? "value"
                                                     : "ratio");
  }
  if (event.weight && kind != Kind::kScore) {
    return Object(RefusalCode::kWrongMeasure, "indicator '", indicator.code, "' is of kind ",
                  KindName(kind), "; only scores have a weight");
  }
  return std::nullopt;
}

Objection Invalid(const Indicator& indicator, absl::string_view what, double number,
                  absl::string_view allowed) {
  return Object(RefusalCode::kInvalidValue, what, " ", number, " of indicator '", indicator.code,
                "' cannot be: ", allowed);
}

MaybeObjection CheckParts(const Indicator& indicator, const RawEvent& event, double* value) {
  if (!std::isfinite(event.numerator) || event.numerator < 0) {
    return Invalid(indicator, "numerator", event.numerator, "it is a finite number, 0 or more");
  }
  if (!std::isfinite(event.denominator) || event.denominator <= 0) {
    return Invalid(indicator, "denominator", event.denominator,
                   "it is a finite number above 0; with nothing to count, send no event");
  }
  *value = event.numerator / event.denominator;
  if (!std::isfinite(*value)) {
    return Invalid(indicator, "denominator", event.denominator,
                   "it is too small for its numerator");
  }
  return std::nullopt;
}

/// Fills in the number to which bounds apply.
MaybeObjection CheckNumbers(const Indicator& indicator, const RawEvent& event, double* value) {
  if (event.measure == RawEvent::Measure::kParts) return CheckParts(indicator, event, value);
  *value = event.value;
  if (!std::isfinite(event.value)) {
    return Invalid(indicator, "value", event.value, "it is a finite number");
  }
  if (indicator.kind == Kind::kDuration && event.value < 0) {
    return Invalid(indicator, "value", event.value, "a duration is 0 or more");
  }
  if (event.weight && !(std::isfinite(*event.weight) && *event.weight > 0)) {
    return Invalid(indicator, "weight", *event.weight, "it is a finite number above 0");
  }
  return std::nullopt;
}

MaybeObjection CheckReference(const Indicator& indicator, absl::string_view reference) {
  if (reference.empty() && indicator.count_once_by_reference) {
    return Object(RefusalCode::kInvalidValue, "reference is missing: indicator '", indicator.code,
                  "' counts each reference once; give the code of the source record");
  }
  if (reference.size() <= limits::kMaxReferenceBytes) return std::nullopt;
  return Object(RefusalCode::kInvalidValue, "reference ", Quoted(reference), " has ",
                reference.size(), " bytes; at most ", limits::kMaxReferenceBytes, " are kept");
}

std::string BoundsText(const Indicator& indicator) {
  const auto text = [&](double bound) { return QuantityToText(bound, indicator.unit); };
  if (!indicator.minimum) return absl::StrCat("at most ", text(*indicator.maximum));
  if (!indicator.maximum) return absl::StrCat("at least ", text(*indicator.minimum));
  return absl::StrCat(text(*indicator.minimum), " to ", text(*indicator.maximum));
}

MaybeObjection CheckRange(const Indicator& indicator, const RawEvent& event, double value) {
  const bool below = indicator.minimum && value < *indicator.minimum;
  const bool above = indicator.maximum && value > *indicator.maximum;
  if (!below && !above) return std::nullopt;
  if (event.measure == RawEvent::Measure::kParts) {
    return Object(RefusalCode::kOutOfRange, "numerator ", event.numerator, " over denominator ",
                  event.denominator, " is ", QuantityToText(value, indicator.unit), "; '",
                  indicator.code, "' takes ", BoundsText(indicator));
  }
  if (indicator.unit != kPercentUnit) {
    return Object(RefusalCode::kOutOfRange, "value ", value, " of '", indicator.code,
                  "' is outside its bounds: ", BoundsText(indicator), " (unit ", indicator.unit,
                  ")");
  }
  // Who sends 46.32 has forgotten the fraction; who sends 1.46 may mean 1.46% or 146%: say both.
  const bool forgot_fraction = above && value <= 100 && *indicator.maximum <= 1;
  return Object(RefusalCode::kOutOfRange, "value ", value, " of '", indicator.code, "' is ",
                QuantityToText(value, kPercentUnit),
                ", outside its bounds: ", BoundsText(indicator), ", sent as a fraction",
                forgot_fraction ? absl::StrCat("; if ", value, "% is meant, send ", value / 100)
                                : std::string());
}

MaybeObjection CheckTime(const Indicator& indicator, const RawEvent& event, Timestamp now,
                         Timestamp* time) {
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  if (!event.has_time) {
    return Object(RefusalCode::kMissingTime, "event_time is missing: say when it happened");
  }
  if (event.nanos < 0 || event.nanos >= kNanosPerSecond) {
    return Object(RefusalCode::kInvalidValue, "event_time.nanos ", event.nanos,
                  " is outside 0 to 999999999");
  }
  if (event.seconds < limits::kMinEventUnixSeconds) {
    return Object(RefusalCode::kTooOld, "event_time ", event.seconds,
                  " s of the Unix epoch lies before the year 1900: seconds are expected");
  }
  const Timestamp latest = now + limits::kMaxEventAhead;
  // Whole seconds first: a number of milliseconds or microseconds would overflow as nanoseconds.
  if (event.seconds > latest.nanos / kNanosPerSecond) {
    return Object(RefusalCode::kInFuture, "event_time ", event.seconds,
                  " s of the Unix epoch is more than 60 s ahead of the daemon's clock (",
                  now.nanos / kNanosPerSecond, " s): seconds are expected, in UTC");
  }
  *time = {event.seconds * kNanosPerSecond + event.nanos};
  if (*time > latest) {
    return Object(RefusalCode::kInFuture, "event_time ", ToLocalText(*time),
                  " is more than 60 s ahead of the daemon's clock (", ToLocalText(now), ")");
  }
  if (IsWindowed(indicator.kind) && *time < now - limits::kMaxEventAge) {
    return Object(RefusalCode::kTooOld, "event_time ", ToLocalText(*time),
                  " is more than 30 days ago; '", indicator.code, "' is of kind ",
                  KindName(indicator.kind), ", whose older values belong to a period's figure");
  }
  return std::nullopt;
}

/// A department sends nothing of the time after it. What stands at the midnight with which that
/// begins may close the day before, as the figure of a year does.
MaybeObjection CheckValidity(const Catalogue& catalogue, const Department& department, Kind kind,
                             Timestamp time) {
  if (!department.valid_to) return std::nullopt;
  const CivilDate of = PeriodDayOf(kind, time);
  if (of < *department.valid_to) return std::nullopt;
  const std::string day = department.valid_to->ToText();
  const auto number = static_cast<std::size_t>(&department - catalogue.data().departments.data());
  const auto holder = catalogue.HolderOn(number, of);
  if (!holder) {
    return Object(RefusalCode::kNotPermitted, "department '", department.code,
                  "' was dissolved on ", day, ": events have an event_time before that day");
  }
  return Object(RefusalCode::kNotPermitted, "department '", department.code, "' was merged on ",
                day, ": what happened from that day on is sent for its successor '",
                catalogue.data().departments[*holder].code, "'");
}

Event MakeEvent(const Indicator& indicator, const RawEvent& raw, Event event) {
  if (raw.measure == RawEvent::Measure::kParts) {
    event.first = raw.numerator;
    event.second = raw.denominator;
    event.has_second = true;
  } else {
    event.first = raw.value;
    if (indicator.kind == Kind::kScore) {
      event.second = raw.weight.value_or(1.0);
      event.has_second = true;
    }
  }
  event.counts_once = indicator.count_once_by_reference;
  event.reference = raw.reference;
  return event;
}

// Not inlined: its messages would weigh on every event of daemons without identities.
[[gnu::noinline]] std::optional<Objection> CheckRights(const SendingRights& rights,
                                                       absl::string_view department,
                                                       absl::string_view indicator,
                                                       absl::string_view member) {
  const absl::string_view who = rights.sender;
  if (!rights.AllowsDepartment(department)) {
    return Object(RefusalCode::kNotPermitted, "'", who,
                  "' was not granted to send for department '", department, "'");
  }
  if (!rights.AllowsIndicator(indicator)) {
    return Object(RefusalCode::kNotPermitted, "'", who, "' was not granted to send indicator '",
                  indicator, "'");
  }
  if (rights.AllowsMember(member)) return std::nullopt;
  if (member.empty()) {
    return Object(RefusalCode::kNotPermitted, "'", who,
                  "' was granted to send for some members only; the event names none");
  }
  return Object(RefusalCode::kNotPermitted, "'", who, "' was not granted to send for member ",
                Quoted(member));
}

}  // namespace

std::variant<Event, Objection> Admit(const Catalogue& catalogue, const Department& sender,
                                     const RawEvent& raw, Timestamp now,
                                     const SendingRights* rights) {
  const Indicator* indicator = catalogue.FindIndicator(raw.indicator);
  if (indicator == nullptr) {
    return Object(RefusalCode::kUnknownIndicator, "the catalogue has no indicator ",
                  Quoted(raw.indicator));
  }
  const Department* department =
      raw.department.empty() ? &sender : catalogue.FindDepartment(raw.department);
  if (department == nullptr) {
    return Object(RefusalCode::kUnknownDepartment, "the catalogue has no department ",
                  Quoted(raw.department));
  }
  if (!catalogue.MayReport(*department, *indicator)) {
    return Object(RefusalCode::kNotPermitted, "department '", department->code,
                  "' does not report indicator '", indicator->code, "'; it is reported by ",
                  WhoReports(catalogue, *indicator));
  }
  if (rights != nullptr) {
    if (auto o = CheckRights(*rights, department->code, indicator->code, raw.member)) {
      return *std::move(o);
    }
  }
  Event event;
  event.series = {department->id, indicator->id, kNoMember};
  double value = 0;
  if (auto o = ResolveMember(catalogue, *indicator, raw.member, &event.series.member)) {
    return *std::move(o);
  }
  if (auto o = CheckMeasure(*indicator, raw)) return *std::move(o);
  if (auto o = CheckNumbers(*indicator, raw, &value)) return *std::move(o);
  if (auto o = CheckReference(*indicator, raw.reference)) return *std::move(o);
  if (auto o = CheckRange(*indicator, raw, value)) return *std::move(o);
  if (auto o = CheckTime(*indicator, raw, now, &event.time)) return *std::move(o);
  if (auto o = CheckValidity(catalogue, *department, indicator->kind, event.time))
    return *std::move(o);
  return MakeEvent(*indicator, raw, event);
}

absl::string_view RefusalCodeName(RefusalCode code) {
  switch (code) {
    case RefusalCode::kUnknownIndicator:
      return "UNKNOWN_INDICATOR";
    case RefusalCode::kUnknownDepartment:
      return "UNKNOWN_DEPARTMENT";
    case RefusalCode::kUnknownMember:
      return "UNKNOWN_MEMBER";
    case RefusalCode::kNotPermitted:
      return "NOT_PERMITTED";
    case RefusalCode::kWrongMeasure:
      return "WRONG_MEASURE";
    case RefusalCode::kInvalidValue:
      return "INVALID_VALUE";
    case RefusalCode::kOutOfRange:
      return "OUT_OF_RANGE";
    case RefusalCode::kMissingTime:
      return "MISSING_TIME";
    case RefusalCode::kTooOld:
      return "TOO_OLD";
    case RefusalCode::kInFuture:
      return "IN_FUTURE";
  }
  return "UNKNOWN";
}

}  // namespace iocd::domain
