#include "bookkeeper/report_projection.h"

#include "bookkeeper/years.h"
#include "domain/reports.h"

namespace iocd::bookkeeper {
namespace {

/// Keeps the earliest of those that lie after `now`.
void Consider(Timestamp time, Timestamp now, std::optional<Timestamp>* next) {
  if (time > now && (!*next || time < **next)) *next = time;
}

}  // namespace

void ProjectReports(const domain::Reading& reading, std::size_t department, std::size_t indicator,
                    ReportProjection* projection) {
  const domain::CatalogueData& data = reading.catalogue.data();
  const std::string& department_code = data.departments[department].code;
  const std::string& indicator_code = data.indicators[indicator].code;
  for (const int year : KeptReportYears(reading.now)) {
    projection->whole_years.push_back({department_code, indicator_code, year});
    for (const domain::Report& report :
         domain::ReportsDueIn(reading, department, indicator, year)) {
      projection->reports.push_back({.department = department_code,
                                     .indicator = indicator_code,
                                     .period = report.period->ToText(),
                                     .year = year,
                                     .due_at = report.times.due_at,
                                     .late_from = report.times.late_from,
                                     .closes_at = report.times.closes_at,
                                     .received_at = report.received,
                                     .state = report.freshness,
                                     .waived = report.waiver != nullptr,
                                     .counts_as_late = report.counts_as_late});
      Consider(report.times.due_at, reading.now, &projection->next_change);
      Consider(report.times.late_from, reading.now, &projection->next_change);
    }
  }
}

}  // namespace iocd::bookkeeper
