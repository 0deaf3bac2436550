#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/calendar.h"
#include "domain/civil_date.h"
#include "domain/freshness.h"

namespace iocd::ledger {

// What the ledger holds (docs/ledger.md). Codes are those of the catalogue; a scope is a
// department's code or kProvince. A number that is not finite is kept as absent.

inline constexpr char kProvince[] = "province";

struct PeriodKey {
  std::string scope, indicator;
  domain::CalendarKind calendar = domain::CalendarKind::kCivil;
  std::string period;  // domain::Period::ToText(), "2024-Q1"

  friend auto operator<=>(const PeriodKey&, const PeriodKey&) = default;
};

struct PeriodFigures {
  std::optional<double> value, numerator, denominator;
  std::uint64_t events = 0;
  std::uint32_t members_have = 0, members_owe = 0;

  friend bool operator==(const PeriodFigures&, const PeriodFigures&) = default;
};

/// What the state says of a period that has ended.
struct PeriodObservation {
  PeriodKey key;
  PeriodFigures figures;
  bool closed = false;  // late figures are no longer taken
};

enum class RevisionState : std::uint8_t {
  kProvisional,
  kClosed,
  kRestated,  // the figures changed after a revision that was closed
};
absl::string_view RevisionStateName(RevisionState state);  // "provisional"

struct PeriodRevision {
  PeriodKey key;
  std::int64_t revision = 0;  // 1, 2, …
  PeriodFigures figures;
  RevisionState state = RevisionState::kProvisional;
  Timestamp recorded_at;

  friend bool operator==(const PeriodRevision&, const PeriodRevision&) = default;
};

/// The report that a department owes of one indicator for one period, as it stands now.
struct Report {
  std::string department, indicator, period;
  int year = 0;  // the calendar year in which it is due
  Timestamp due_at, late_from, closes_at;
  std::optional<Timestamp> received_at;
  domain::Freshness state = domain::Freshness::kFresh;
  bool waived = false;
  bool counts_as_late = false;

  friend bool operator==(const Report&, const Report&) = default;
};

/// What a department owes of one indicator in one year: the reports that are due in it.
struct ReportYear {
  std::string department, indicator;
  int year = 0;
};

/// How many reports of a year count as late.
struct LateCount {
  std::string department;
  std::int64_t reports = 0;

  friend bool operator==(const LateCount&, const LateCount&) = default;
};

/// What the catalogue says of one (domain::Waiver), with codes.
struct Waiver {
  std::string department;
  std::optional<std::string> indicator;  // nullopt: all of the department
  domain::CivilDate first, last;         // of the days on which the reports are due, inclusive
  std::string reason, author;
  domain::CivilDate document_date;

  friend auto operator<=>(const Waiver&, const Waiver&) = default;
};

struct RecordedWaiver {
  Waiver waiver;
  Timestamp recorded_at;
  std::optional<Timestamp> withdrawn_at;  // when it had left the catalogue

  friend bool operator==(const RecordedWaiver&, const RecordedWaiver&) = default;
};

/// What changes: e.g. kind "target_status" of an indicator's target, told by its deadline. What
/// does not apply is empty.
struct HistoryKey {
  std::string kind, scope, indicator, target;

  friend auto operator<=>(const HistoryKey&, const HistoryKey&) = default;
};

/// From `at` on it is `text` or `value`, or both.
struct Change {
  HistoryKey key;
  Timestamp at;
  std::optional<std::string> text;
  std::optional<double> value;

  friend bool operator==(const Change&, const Change&) = default;
};

/// What there is to record. `position`: all that stands below it in the log is in this update or in
/// those before. What is equal to
/// the newest in the ledger is recognised and may be given again.
struct Update {
  std::uint64_t position = 0;
  Timestamp recorded_at;
  std::vector<PeriodObservation> periods;
  std::vector<Report> reports;
  std::vector<ReportYear> whole_years;         // of these `reports` has all: no others are owed
  std::optional<std::vector<Waiver>> waivers;  // all that the catalogue has; nullopt: as before
  std::vector<Change> changes;                 // of one key the earlier before the later
};

}  // namespace iocd::ledger
