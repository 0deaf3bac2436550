#include "ledger/reports.h"

#include <string>

namespace iocd::ledger {
namespace {

// The table takes no other words (schema.cc).
domain::Freshness ToFreshness(const std::string& name) {
  using domain::Freshness;
  for (const Freshness freshness :
       {Freshness::kDue, Freshness::kLate, Freshness::kMissing, Freshness::kWaived}) {
    if (name == domain::FreshnessName(freshness)) return freshness;
  }
  return Freshness::kFresh;
}

Report ReadRow(const Statement& row) {
  return {.department = row.Text(0),
          .indicator = row.Text(1),
          .period = row.Text(2),
          .year = static_cast<int>(row.Int(3)),
          .due_at = row.Time(4),
          .late_from = row.Time(5),
          .closes_at = row.Time(6),
          .received_at = row.OptionalTime(7),
          .state = ToFreshness(row.Text(8)),
          .waived = row.Int(9) != 0,
          .counts_as_late = row.Int(10) != 0};
}

}  // namespace

absl::Status ReportWriter::Prepare(Database& database) {
  // The condition at the end of the first leaves pages alone that have not changed.
  return database.Prepare({{&upsert_, R"(
    INSERT INTO reports (department, indicator, period, year, due_at_ns, late_from_ns, closes_at_ns,
                         received_at_ns, state, waived, counts_as_late)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    ON CONFLICT DO UPDATE SET
      (year, due_at_ns, late_from_ns, closes_at_ns, received_at_ns, state, waived, counts_as_late) =
      (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    WHERE
      (year, due_at_ns, late_from_ns, closes_at_ns, received_at_ns, state, waived, counts_as_late)
      IS NOT (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))"},
                           {&periods_,
                            "SELECT period FROM reports"
                            " WHERE department = ?1 AND indicator = ?2 AND year = ?3"},
                           {&remove_,
                            "DELETE FROM reports"
                            " WHERE department = ?1 AND indicator = ?2 AND period = ?3"}});
}

absl::Status ReportWriter::Write(const std::vector<Report>& reports,
                                 const std::vector<ReportYear>& whole_years) {
  for (const Report& report : reports) {
    absl::Status status = Write(report);
    if (!status.ok()) return status;
  }
  std::set<OwedPeriod> owed;
  for (const Report& report : reports) {
    owed.emplace(report.department, report.indicator, report.period);
  }
  for (const ReportYear& year : whole_years) {
    absl::Status status = RemoveOthers(year, owed);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status ReportWriter::RemoveOthers(const ReportYear& year, const std::set<OwedPeriod>& owed) {
  const auto periods =
      periods_.Bind(year.department, year.indicator, year.year).Rows([](const Statement& row) {
        return row.Text(0);
      });
  if (!periods.ok()) return periods.status();
  for (const std::string& period : *periods) {
    if (owed.contains({year.department, year.indicator, period})) continue;
    absl::Status status = remove_.Bind(year.department, year.indicator, period).Run();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status ReportWriter::Write(const Report& report) {
  return upsert_
      .Bind(report.department, report.indicator, report.period, report.year, report.due_at,
            report.late_from, report.closes_at, report.received_at,
            domain::FreshnessName(report.state), report.waived ? 1 : 0,
            report.counts_as_late ? 1 : 0)
      .Run();
}

absl::Status ReportReader::Prepare(Database& database) {
  return database.Prepare(
      {{&counts_,
        "SELECT department, COUNT(*) FROM reports WHERE year = ?1 AND counts_as_late = 1"
        " GROUP BY department ORDER BY department"},
       {&late_,
        "SELECT department, indicator, period, year, due_at_ns, late_from_ns, closes_at_ns,"
        " received_at_ns, state, waived, counts_as_late FROM reports"
        " WHERE year = ?1 AND counts_as_late = 1 ORDER BY department, indicator, period"}});
}

absl::StatusOr<std::vector<LateCount>> ReportReader::LateCounts(int year) {
  return counts_.Bind(year).Rows([](const Statement& row) {
    return LateCount{.department = row.Text(0), .reports = row.Int(1)};
  });
}

absl::StatusOr<std::vector<Report>> ReportReader::LateReports(int year) {
  return late_.Bind(year).Rows(ReadRow);
}

}  // namespace iocd::ledger
