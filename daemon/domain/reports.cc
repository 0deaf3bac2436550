#include "domain/reports.h"

#include "absl/time/civil_time.h"
#include "domain/report_duty.h"

namespace iocd::domain {
namespace {

void CountPresent(const Report& report, Timestamp now, Punctuality* count) {
  if (report.waiver != nullptr) return;
  if (!report.period) {
    ++count->due;
    if (report.freshness == Freshness::kFresh) ++count->received;
    return;
  }
  if (report.times.due_at > now) return;
  ++count->due;
  if (report.received) ++count->received;
}

void CountOfYear(const Report& report, Timestamp now, Punctuality* count) {
  if (report.waiver != nullptr || report.times.due_at > now) return;
  ++count->due_this_year;
  if (report.counts_as_late) {
    ++count->late;
  } else if (report.received) {
    ++count->on_time;
  }
}

}  // namespace

std::optional<Report> PresentReport(const Reading& reading, std::size_t department,
                                    std::size_t indicator) {
  return ReportDuty(reading, department, indicator).Present();
}

std::vector<Report> ReportsDueIn(const Reading& reading, std::size_t department,
                                 std::size_t indicator, int year) {
  std::vector<Report> reports;
  ReportDuty(reading, department, indicator).EachDueIn(year, [&](const Report& report) {
    reports.push_back(report);
  });
  return reports;
}

int ReportYear(Timestamp due) {
  return static_cast<int>((absl::CivilDay(1970, 1, 1) + CivilDate::Containing(due).days).year());
}

DepartmentReports ReportsOf(const Reading& reading, std::size_t department,
                            std::optional<int> year) {
  DepartmentReports all;
  for (std::size_t i = 0; i < reading.catalogue.data().indicators.size(); ++i) {
    const ReportDuty duty(reading, department, i);
    if (!duty.Exists()) continue;
    if (const std::optional<Report> present = duty.Present()) {
      CountPresent(*present, reading.now, &all.punctuality);
      all.present.push_back(*present);
    }
    duty.EachDueIn(year.value_or(ReportYear(reading.now)), [&](const Report& report) {
      CountOfYear(report, reading.now, &all.punctuality);
    });
  }
  return all;
}

}  // namespace iocd::domain
