#include "query/report_rows.h"

#include <cstdint>
#include <string>

#include "domain/civil_date.h"
#include "wire/proto_time.h"

namespace iocd::query {
namespace {

std::uint32_t Count(std::size_t count) { return static_cast<std::uint32_t>(count); }

}  // namespace

std::vector<std::size_t> DepartmentsOn(const domain::Catalogue& catalogue,
                                       std::optional<std::size_t> one, Timestamp now) {
  if (one) return {*one};
  const domain::CivilDate today = domain::CivilDate::Containing(now);
  const std::vector<domain::Department>& all = catalogue.data().departments;
  std::vector<std::size_t> present;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].ExistsOn(today)) present.push_back(i);
  }
  return present;
}

ioc::v1::Report ToProto(const domain::Catalogue& catalogue, const domain::Report& report) {
  ioc::v1::Report out;
  out.set_department(catalogue.data().departments[report.department].code);
  out.set_indicator(catalogue.data().indicators[report.indicator].code);
  if (report.period) {
    out.set_period(report.period->ToText());
    *out.mutable_due() = wire::ToProto(report.times.due_at);
    *out.mutable_late_from() = wire::ToProto(report.times.late_from);
    *out.mutable_closes() = wire::ToProto(report.times.closes_at);
  }
  out.set_state(std::string(domain::FreshnessName(report.freshness)));
  if (report.received) *out.mutable_received() = wire::ToProto(*report.received);
  out.set_counts_as_late(report.counts_as_late);
  if (report.waiver != nullptr) {
    out.set_waived_by(report.waiver->author);
    out.set_waiver_reason(report.waiver->reason);
  }
  return out;
}

ioc::v1::DepartmentReports ToProto(const domain::Catalogue& catalogue, std::size_t department,
                                   const domain::DepartmentReports& reports) {
  const domain::Punctuality& punctuality = reports.punctuality;
  ioc::v1::DepartmentReports out;
  out.set_department(catalogue.data().departments[department].code);
  out.set_completeness(punctuality.Completeness());
  out.set_received(Count(punctuality.received));
  out.set_due(Count(punctuality.due));
  if (const auto ratio = punctuality.OnTimeRatio()) out.set_on_time_ratio(*ratio);
  out.set_on_time(Count(punctuality.on_time));
  out.set_due_this_year(Count(punctuality.due_this_year));
  out.set_late(Count(punctuality.late));
  for (const domain::Report& report : reports.present) {
    *out.add_reports() = ToProto(catalogue, report);
  }
  return out;
}

}  // namespace iocd::query
