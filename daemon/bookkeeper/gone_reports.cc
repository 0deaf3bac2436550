#include "bookkeeper/gone_reports.h"

#include "bookkeeper/years.h"

namespace iocd::bookkeeper {

absl::StatusOr<std::vector<ledger::ReportYear>> GoneReports(ledger::LedgerReader& reader,
                                                            const domain::Catalogue& catalogue,
                                                            Timestamp now) {
  std::vector<ledger::ReportYear> gone;
  for (const int year : KeptReportYears(now)) {
    const auto late = reader.LateReports(year);
    if (!late.ok()) return late.status();
    for (const ledger::Report& report : *late) {
      if (catalogue.FindDepartment(report.department) != nullptr &&
          catalogue.FindIndicator(report.indicator) != nullptr) {
        continue;
      }
      gone.push_back({report.department, report.indicator, year});
    }
  }
  return gone;
}

}  // namespace iocd::bookkeeper
