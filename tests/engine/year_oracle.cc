#include "engine/year_oracle.h"

#include <algorithm>

namespace iocd::year {
namespace {

using domain::Freshness;

bool HasCome(const PlannedReport& report, Timestamp now) {
  return report.arrival && *report.arrival <= now;
}

/// Came late, or has not come and should have.
bool IsLate(const PlannedReport& report, Timestamp now) {
  if (report.let_off) return false;
  const Timestamp until = HasCome(report, now) ? *report.arrival : now;
  return until >= report.times.late_from;
}

Freshness StateOf(const PlannedReport& report, Timestamp now) {
  if (report.let_off) return Freshness::kWaived;
  if (HasCome(report, now)) return Freshness::kFresh;
  if (now >= report.times.closes_at) return Freshness::kMissing;
  return now >= report.times.late_from ? Freshness::kLate : Freshness::kDue;
}

ExpectedReport Shown(const PlannedReport& report, std::size_t indicator, Timestamp now) {
  return {indicator,
          &report,
          HasCome(report, now) ? report.arrival : std::nullopt,
          StateOf(report, now),
          IsLate(report, now),
          report.let_off};
}

int YearOf(Timestamp time) { return DateOf(DayAt(time)).year; }

void CountOfYear(const PlannedReport& report, Timestamp now, Expected* expected) {
  const bool this_year = YearOf(report.times.due_at) == YearOf(now);
  if (!this_year || report.times.due_at > now || report.let_off) return;
  ++expected->due_this_year;
  if (IsLate(report, now)) {
    ++expected->late;
  } else if (HasCome(report, now)) {
    ++expected->on_time;
  }
}

/// A department that was merged shows nothing, but its count of the year stands.
void AddReports(const Row& row, bool exists, std::size_t indicator, Timestamp now,
                Expected* expected) {
  const PlannedReport* newest = nullptr;
  for (const PlannedReport& report : row.reports) {
    if (report.times.owed_from > now) break;
    newest = &report;
    CountOfYear(report, now, expected);
  }
  if (newest == nullptr || !exists) return;
  expected->present.push_back(Shown(*newest, indicator, now));
  if (newest->let_off || newest->times.due_at > now) return;
  ++expected->due;
  if (HasCome(*newest, now)) ++expected->received;
}

/// The latest arrival by then.
std::optional<Timestamp> LastHeard(const Row& row, Timestamp now) {
  const auto later = std::upper_bound(row.heard.begin(), row.heard.end(), now);
  if (later == row.heard.begin()) return std::nullopt;
  return *(later - 1);
}

Freshness StateOfSource(Timestamp heard, int minutes, Timestamp now) {
  const Silence silence = SilenceFrom(heard, minutes);
  if (now <= silence.fresh_until) return Freshness::kFresh;
  return now < silence.missing_from ? Freshness::kLate : Freshness::kMissing;
}

void AddRealtime(const Territory& territory, const Plan& plan, std::size_t department,
                 std::size_t indicator, Timestamp now, Expected* expected) {
  const Day today = DayAt(now);
  if (today < territory.reports_from || !territory.Exists(department, today)) return;
  bool owes = territory.Names(department, indicator);
  Day since = territory.reports_from;
  if (department == territory.founding.department) since = territory.founding.on;
  std::optional<Timestamp> heard = LastHeard(plan.RowOf(department, indicator), now);
  for (const Merger& merger : territory.mergers) {
    if (merger.successor != department || today < merger.on) continue;
    if (!territory.Names(merger.department, indicator)) continue;
    owes = true;
    since = territory.reports_from;  // those before it were there
    heard = std::max(heard, LastHeard(plan.RowOf(merger.department, indicator), now));
  }
  if (!owes) return;
  const Timestamp held_by = std::max(heard.value_or(Midnight(since)), Midnight(since));

  const bool let_off = territory.IsLetOff(department, indicator, today);
  const Freshness state =
      let_off ? Freshness::kWaived
              : StateOfSource(held_by, territory.duties[indicator].silence_minutes, now);
  expected->present.push_back({indicator, nullptr, heard, state, false, let_off});
  if (let_off) return;
  ++expected->due;
  if (state == Freshness::kFresh) ++expected->received;
}

}  // namespace

Expected ExpectedOf(const Territory& territory, const Plan& plan, std::size_t department,
                    Timestamp now) {
  Expected expected;
  const bool exists = territory.Exists(department, DayAt(now));
  for (std::size_t indicator = 0; indicator < territory.duties.size(); ++indicator) {
    if (territory.duties[indicator].every) {
      AddReports(plan.RowOf(department, indicator), exists, indicator, now, &expected);
    } else {
      AddRealtime(territory, plan, department, indicator, now, &expected);
    }
  }
  return expected;
}

std::vector<ExpectedReport> ExpectedDueIn(const Plan& plan, std::size_t department,
                                          std::size_t indicator, int year, Timestamp now) {
  std::vector<ExpectedReport> due;
  for (const PlannedReport& report : plan.RowOf(department, indicator).reports) {
    const bool owed = report.times.owed_from <= now && YearOf(report.times.due_at) == year;
    if (owed) due.push_back(Shown(report, indicator, now));
  }
  return due;
}

}  // namespace iocd::year
