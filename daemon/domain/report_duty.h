#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "domain/reports.h"

namespace iocd::domain {

/// The kind of period whose report is owed at that cadence. A realtime source owes none; what it
/// sends is looked at by days.
PeriodKind PeriodReportedBy(Cadence cadence);

/// What one department owes of one indicator: what it owes itself, and from the merger on what the
/// departments owed whose successor it is (docs/calendar.md, "Who owes it"). Looks the series up
/// once, for as many periods as are asked for; the reading outlives it.
class ReportDuty {
 public:
  /// Indices into the catalogue's vectors.
  ReportDuty(const Reading& reading, std::size_t department, std::size_t indicator);

  /// False: it never owes anything of it.
  bool Exists() const { return exists_; }

  /// As PresentReport().
  std::optional<Report> Present() const;

  /// Each report that falls due in the year and is owed by `reading.now`, in the order of time.
  void EachDueIn(int year, absl::FunctionRef<void(const Report&)> visit) const;

 private:
  /// The department itself, or one whose successor it is.
  struct Unit {
    std::size_t department = 0;
    bool reports = false;               // itself, not as a successor
    std::vector<const Series*> series;  // by leaf member; nullptr: no event
  };
  struct DueDate {
    DueTimes times;
    CivilDate day;
  };

  DueDate DueDateOf(const Period& period) const;
  /// nullopt: it does not owe the report of the period.
  std::optional<Report> ReportOf(const Period& period, const DueDate& due) const;
  std::optional<Report> Realtime() const;

  Unit MakeUnit(std::size_t department) const;
  /// The department that had the duty of `unit` when the period began, if the one asked about has
  /// it on the day on which the report is due.
  std::optional<std::size_t> DebtorOf(const Unit& unit, CivilDate begin, CivilDate due) const;
  /// Arrival of what covers the period, of the debtor or those as which it went on.
  std::optional<Timestamp> ReceivedOf(std::size_t debtor, const Period& period) const;
  const Unit& UnitOf(std::size_t department) const;
  const Waiver* WaiverFor(CivilDate day) const;
  /// The day from which the unit owes anything; long ago if no date says so.
  CivilDate OwesSince(const Unit& unit) const;

  const Reading& reading_;
  const CatalogueData& data_;
  std::size_t department_, indicator_;
  bool exists_ = false;
  std::vector<Unit> units_;  // itself first
  std::vector<const Waiver*> waivers_;
};

}  // namespace iocd::domain
