#include "ledger/periods.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/finite.h"

namespace iocd::ledger {
namespace {

constexpr char kColumns[] =
    "SELECT scope, indicator, calendar, period, revision, value, numerator, denominator, events,"
    " members_have, members_owe, state, recorded_at_ns FROM period_revisions AS this ";
constexpr char kOfKey[] = "WHERE scope = ?1 AND indicator = ?2 AND calendar = ?3 AND period = ?4 ";
constexpr char kIsNewest[] =
    "AND NOT EXISTS (SELECT 1 FROM period_revisions AS next WHERE next.scope = this.scope"
    " AND next.indicator = this.indicator AND next.calendar = this.calendar"
    " AND next.period = this.period AND next.revision = this.revision + 1) "
    "ORDER BY scope, indicator, calendar, period";

// The table takes no other words (schema.cc).
RevisionState ToState(const std::string& name) {
  if (name == RevisionStateName(RevisionState::kRestated)) return RevisionState::kRestated;
  return name == RevisionStateName(RevisionState::kClosed) ? RevisionState::kClosed
                                                           : RevisionState::kProvisional;
}

PeriodRevision ReadRow(const Statement& row) {
  return {.key = {.scope = row.Text(0),
                  .indicator = row.Text(1),
                  .calendar = domain::ParseCalendar(row.Text(2)).value_or(domain::CalendarKind{}),
                  .period = row.Text(3)},
          .revision = row.Int(4),
          .figures = {.value = row.OptionalReal(5),
                      .numerator = row.OptionalReal(6),
                      .denominator = row.OptionalReal(7),
                      .events = static_cast<std::uint64_t>(row.Int(8)),
                      .members_have = static_cast<std::uint32_t>(row.Int(9)),
                      .members_owe = static_cast<std::uint32_t>(row.Int(10))},
          .state = ToState(row.Text(11)),
          .recorded_at = row.Time(12)};
}

PeriodFigures Kept(PeriodFigures figures) {
  for (std::optional<double>* number : {&figures.value, &figures.numerator, &figures.denominator}) {
    *number = Finite(*number);
  }
  return figures;
}

/// The state of a revision that follows one in the state `before`.
/// Whether the figure is another one. How many members owe a value changes with the catalogue
/// alone.
bool SameFigure(const PeriodFigures& a, const PeriodFigures& b) {
  return a.value == b.value && a.numerator == b.numerator && a.denominator == b.denominator &&
         a.events == b.events && a.members_have == b.members_have;
}

RevisionState StateAfter(RevisionState before, bool closed, bool changed) {
  if (!closed) return RevisionState::kProvisional;
  if (before == RevisionState::kProvisional) return RevisionState::kClosed;
  return changed ? RevisionState::kRestated : before;
}

}  // namespace

absl::string_view RevisionStateName(RevisionState state) {
  switch (state) {
    case RevisionState::kProvisional:
      return "provisional";
    case RevisionState::kClosed:
      return "closed";
    case RevisionState::kRestated:
      return "restated";
  }
  return "";
}

absl::Status PeriodWriter::Prepare(Database& database) {
  return database.Prepare(
      {{&newest_, absl::StrCat(kColumns, kOfKey, "ORDER BY revision DESC LIMIT 1")},
       {&insert_,
        "INSERT INTO period_revisions VALUES"
        " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"}});
}

absl::Status PeriodWriter::Write(const PeriodObservation& observation, Timestamp recorded_at) {
  const PeriodKey& key = observation.key;
  const absl::string_view calendar = domain::CalendarName(key.calendar);
  const auto newest = newest_.Bind(key.scope, key.indicator, calendar, key.period).Rows(ReadRow);
  if (!newest.ok()) return newest.status();

  const PeriodFigures figures = Kept(observation.figures);
  std::int64_t revision = 1;
  RevisionState state = observation.closed ? RevisionState::kClosed : RevisionState::kProvisional;
  if (!newest->empty()) {
    const PeriodRevision& before = newest->front();
    const bool changed = !SameFigure(figures, before.figures);
    state = StateAfter(before.state, observation.closed, changed);
    const bool tells_something = changed || (!observation.closed && figures != before.figures);
    if (!tells_something && state == before.state) return absl::OkStatus();
    revision = before.revision + 1;
  }
  return insert_
      .Bind(key.scope, key.indicator, calendar, key.period, revision, figures.value,
            figures.numerator, figures.denominator, static_cast<std::int64_t>(figures.events),
            std::int64_t{figures.members_have}, std::int64_t{figures.members_owe},
            RevisionStateName(state), recorded_at)
      .Run();
}

absl::Status PeriodReader::Prepare(Database& database) {
  return database.Prepare(
      {{&of_key_, absl::StrCat(kColumns, kOfKey, "ORDER BY revision")},
       {&of_period_, absl::StrCat(kColumns, "WHERE period = ?1 AND calendar = ?2 ", kIsNewest)},
       {&of_scope_, absl::StrCat(kColumns, "WHERE scope = ?1 ", kIsNewest)}});
}

absl::StatusOr<std::vector<PeriodRevision>> PeriodReader::RevisionsOf(const PeriodKey& key) {
  return of_key_.Bind(key.scope, key.indicator, domain::CalendarName(key.calendar), key.period)
      .Rows(ReadRow);
}

absl::StatusOr<std::vector<PeriodRevision>> PeriodReader::NewestOfPeriod(
    domain::CalendarKind calendar, absl::string_view period) {
  return of_period_.Bind(period, domain::CalendarName(calendar)).Rows(ReadRow);
}

absl::StatusOr<std::vector<PeriodRevision>> PeriodReader::NewestOfScope(absl::string_view scope) {
  return of_scope_.Bind(scope).Rows(ReadRow);
}

}  // namespace iocd::ledger
