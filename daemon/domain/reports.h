#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "domain/calendar.h"
#include "domain/catalogue.h"
#include "domain/due_rule.h"
#include "domain/freshness.h"
#include "domain/rollup.h"

namespace iocd::domain {

/// The report of one period that a department owes of an indicator, as it stands at an instant. A
/// realtime source owes no period's report; it has one entry without a period, whose only times are
/// those at which it was heard.
struct Report {
  std::size_t department = 0, indicator = 0;  // indices into the catalogue's vectors
  std::optional<Period> period;               // nullopt: realtime
  DueTimes times;                             // meaningless without period
  std::optional<Timestamp> received;          // first value that covers it; realtime: heard last
  const Waiver* waiver = nullptr;             // of the catalogue; nullptr: nobody let it off
  Freshness freshness = Freshness::kFresh;
  bool counts_as_late = false;
};

/// The report that matters at `reading.now`: of the newest period that is owed, or the realtime
/// source. nullopt: the department owes none of this indicator now, because it does not report it,
/// does not exist on that day, or no period has been owed since it exists. Arguments are indices.
///
/// What arrived after `reading.now` has not come, so that any instant of the past can be asked for;
/// but of a realtime source only the newest arrival is known, and one after `reading.now` counts as
/// at `reading.now`.
std::optional<Report> PresentReport(const Reading& reading, std::size_t department,
                                    std::size_t indicator);

/// Every report that falls due in that calendar year (civil, +07:00) and is owed by `reading.now`,
/// in the order of time. Empty for realtime indicators. Of reports of days those of the year of
/// `reading.now` and the one before; older days a series may have forgotten (kKeptDays), so that
/// nothing is said of them.
std::vector<Report> ReportsDueIn(const Reading& reading, std::size_t department,
                                 std::size_t indicator, int year);

/// How a department stands with what it owes.
struct Punctuality {
  // Of the reports that matter now (one an indicator) and have come due by `now`, waived ones left
  // out; a realtime source is due always and received while it is fresh.
  std::size_t due = 0, received = 0;
  // Of the reports due this year until now, waived ones left out.
  std::size_t due_this_year = 0, on_time = 0, late = 0;

  /// received/due, 1 where nothing is due. 0..1.
  double Completeness() const {
    return due == 0 ? 1.0 : static_cast<double>(received) / static_cast<double>(due);
  }
  /// nullopt: nothing has come due this year.
  std::optional<double> OnTimeRatio() const {
    if (due_this_year == 0) return std::nullopt;
    return static_cast<double>(on_time) / static_cast<double>(due_this_year);
  }
};

/// Everything that a department owes at `reading.now`: one report an indicator, in catalogue order,
/// and what they add up to.
struct DepartmentReports {
  std::vector<Report> present;
  Punctuality punctuality;
};
/// `year`: of its reports of the year, instead of the one in which `reading.now` lies.
DepartmentReports ReportsOf(const Reading& reading, std::size_t department,
                            std::optional<int> year = std::nullopt);

/// The year (civil, +07:00) in which a report that is due at that instant counts.
int ReportYear(Timestamp due);

}  // namespace iocd::domain
