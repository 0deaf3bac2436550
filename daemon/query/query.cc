#include "query/query.h"

#include <cstdint>
#include <vector>

#include "domain/reports.h"
#include "query/indicator_rows.h"
#include "query/lookup.h"
#include "query/report_rows.h"
#include "query/reports_question.h"
#include "query/series_question.h"
#include "query/target_rows.h"
#include "query/to_proto.h"
#include "wire/proto_time.h"

namespace iocd::query {

Query::Query(const engine::Engine& engine, const Clock& clock) : engine_(engine), clock_(clock) {}

absl::StatusOr<ioc::v1::ListDepartmentsResponse> Query::ListDepartments(
    const ioc::v1::ListDepartmentsRequest& /*request*/) const {
  if (absl::Status ready = engine_.CheckReady(); !ready.ok()) return ready;
  const auto catalogue = engine_.catalogue();
  ioc::v1::ListDepartmentsResponse response;
  *response.mutable_territory() = TerritoryToProto(*catalogue);
  engine_.Read([&](const engine::State& state) {
    for (const domain::Department& department : catalogue->data().departments) {
      *response.add_departments() =
          ToProto(*catalogue, department, state.ActivityOf(department.id));
    }
  });
  return response;
}

absl::StatusOr<ioc::v1::ListIndicatorsResponse> Query::ListIndicators(
    const ioc::v1::ListIndicatorsRequest& request) const {
  if (absl::Status ready = engine_.CheckReady(); !ready.ok()) return ready;
  const auto catalogue = engine_.catalogue();
  const domain::CatalogueData& data = catalogue->data();
  const domain::Department* reporter = nullptr;
  if (!request.department().empty()) {
    const auto index = FindDepartment(*catalogue, request.department());
    if (!index.ok()) return index.status();
    reporter = &data.departments[*index];
  }
  ioc::v1::ListIndicatorsResponse response;
  for (std::size_t i = 0; i < data.indicators.size(); ++i) {
    if (reporter != nullptr && !catalogue->MayReport(*reporter, data.indicators[i])) continue;
    *response.add_indicators() = IndicatorToProto(*catalogue, i);
  }
  return response;
}

absl::StatusOr<ioc::v1::GetSeriesResponse> Query::GetSeries(
    const ioc::v1::GetSeriesRequest& request) const {
  if (absl::Status ready = engine_.CheckReady(); !ready.ok()) return ready;
  const auto catalogue = engine_.catalogue();
  const auto question = ParseSeriesQuestion(*catalogue, request);
  if (!question.ok()) return question.status();

  const Timestamp now = clock_.Now();
  ioc::v1::GetSeriesResponse response;
  engine_.Read([&](const engine::State& state) {
    response = AnswerSeries(domain::Reading{*catalogue, state, now}, *question);
  });
  response.set_indicator(request.indicator());
  response.set_department(request.department());
  response.set_member(request.member());
  *response.mutable_time() = wire::ToProto(now);
  return response;
}

absl::StatusOr<ioc::v1::GetScorecardResponse> Query::GetScorecard(
    const ioc::v1::GetScorecardRequest& request) const {
  if (absl::Status ready = engine_.CheckReady(); !ready.ok()) return ready;
  const auto catalogue = engine_.catalogue();
  const auto scope = FindScope(*catalogue, request.scope());
  if (!scope.ok()) return scope.status();
  const Timestamp now = clock_.Now();
  ioc::v1::GetScorecardResponse response;
  for (const std::size_t target : TargetsOfScope(*catalogue, request.scope(), false)) {
    *response.add_targets() = AssessedRow(engine_, *catalogue, target, now);
  }
  AddIndicatorRows(engine_, *catalogue, *scope, now, &response);
  for (const std::size_t index : DepartmentsOn(*catalogue, *scope, now)) {
    domain::DepartmentReports reports;
    engine_.Read([&](const engine::State& state) {
      reports = domain::ReportsOf(domain::Reading{*catalogue, state, now}, index);
    });
    *response.add_departments() = ToProto(*catalogue, index, reports);
  }
  *response.mutable_time() = wire::ToProto(now);
  return response;
}

absl::StatusOr<ioc::v1::ListTargetsResponse> Query::ListTargets(
    const ioc::v1::ListTargetsRequest& request) const {
  if (absl::Status ready = engine_.CheckReady(); !ready.ok()) return ready;
  const auto catalogue = engine_.catalogue();
  const auto scope = FindScope(*catalogue, request.scope());
  if (!scope.ok()) return scope.status();
  const Timestamp now = clock_.Now();
  ioc::v1::ListTargetsResponse response;
  for (const std::size_t target :
       TargetsOfScope(*catalogue, request.scope(), request.superseded())) {
    *response.add_targets() = AssessedRow(engine_, *catalogue, target, now);
  }
  *response.mutable_time() = wire::ToProto(now);
  return response;
}

absl::StatusOr<ioc::v1::ListReportsResponse> Query::ListReports(
    const ioc::v1::ListReportsRequest& request) const {
  if (absl::Status ready = engine_.CheckReady(); !ready.ok()) return ready;
  const auto catalogue = engine_.catalogue();
  const Timestamp now = clock_.Now();
  const auto question = ParseReportsQuestion(*catalogue, request, now);
  if (!question.ok()) return question.status();

  ioc::v1::ListReportsResponse response;
  for (const std::size_t department : question->departments) {
    domain::DepartmentReports reports;
    std::vector<domain::Report> due;
    engine_.Read([&](const engine::State& state) {
      const domain::Reading reading{*catalogue, state, now};
      reports = domain::ReportsOf(reading, department, question->year);
      if (question->all) due = ReportsCome(reading, department, question->year);
    });
    *response.add_departments() = ToProto(*catalogue, department, reports);
    for (const domain::Report& report : due) *response.add_reports() = ToProto(*catalogue, report);
  }
  response.set_year(static_cast<std::uint32_t>(question->year));
  *response.mutable_time() = wire::ToProto(now);
  return response;
}

}  // namespace iocd::query
