#include "query/reports_question.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "domain/civil_date.h"
#include "query/lookup.h"

namespace iocd::query {
namespace {

using domain::CivilDate;

/// Whether the department is there on a day of the year that is not after `today`, or today.
bool ExistedIn(const domain::Department& department, int year, CivilDate today) {
  if (department.ExistsOn(today)) return true;
  const CivilDate first = CivilDate::FromYearMonthDay(year, 1, 1);
  const CivilDate end = std::min(CivilDate::FromYearMonthDay(year + 1, 1, 1), today);
  return first < end && (!department.valid_from || *department.valid_from < end) &&
         (!department.valid_to || first < *department.valid_to);
}

}  // namespace

absl::StatusOr<ReportsQuestion> ParseReportsQuestion(const domain::Catalogue& catalogue,
                                                     const ioc::v1::ListReportsRequest& request,
                                                     Timestamp now) {
  const auto scope = FindScope(catalogue, request.scope());
  if (!scope.ok()) return scope.status();
  if (request.year() != 0 &&
      (request.year() < domain::kMinYear || request.year() > domain::kMaxYear)) {
    return absl::InvalidArgumentError(
        absl::StrCat("there are no reports of the year ", request.year(), "; a year is from ",
                     domain::kMinYear, " to ", domain::kMaxYear, ", or 0 for the present one."));
  }
  const int present = domain::ReportYear(now);
  if (request.year() != 0 && static_cast<int>(request.year()) + 1 < present) {
    return absl::InvalidArgumentError(absl::StrCat(
        "reports of ", request.year(), " are no longer at hand, those of ", present - 1, " and ",
        present, " are; what was counted before stands in the ledger (docs/ledger.md)."));
  }
  if (request.all() && !scope->has_value()) {
    return absl::InvalidArgumentError(
        "every report of the year can be had of one department at a time; give its code as scope.");
  }
  ReportsQuestion question;
  question.year = request.year() == 0 ? present : static_cast<int>(request.year());
  question.all = request.all();
  if (scope->has_value()) {
    question.departments.push_back(**scope);
    return question;
  }
  const CivilDate today = CivilDate::Containing(now);
  const std::vector<domain::Department>& departments = catalogue.data().departments;
  for (std::size_t i = 0; i < departments.size(); ++i) {
    if (ExistedIn(departments[i], question.year, today)) question.departments.push_back(i);
  }
  return question;
}

std::vector<domain::Report> ReportsCome(const domain::Reading& reading, std::size_t department,
                                        int year) {
  std::vector<domain::Report> all;
  for (std::size_t i = 0; i < reading.catalogue.data().indicators.size(); ++i) {
    for (domain::Report& report : domain::ReportsDueIn(reading, department, i, year)) {
      if (report.times.due_at <= reading.now) all.push_back(report);
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const domain::Report& a, const domain::Report& b) {
    return a.times.due_at < b.times.due_at;
  });
  return all;
}

}  // namespace iocd::query
