#pragma once

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/reports.h"
#include "ioc/v1/query.pb.h"

namespace iocd::query {

/// What a ListReports call asks, checked against a catalogue.
struct ReportsQuestion {
  std::vector<std::size_t> departments;  // indices, in catalogue order
  int year = 0;                          // civil; reports belong to it by the day they are due
  bool all = false;                      // each report of the year; of one department
};

/// Of the province those departments that exist on the day of `now` and those that existed on a day
/// of the year before that: one that was merged keeps its count. NotFound: a scope that is neither
/// "province" nor a department's code. InvalidArgument: a year outside kMinYear to kMaxYear or
/// before the last one, or `all` without a department.
absl::StatusOr<ReportsQuestion> ParseReportsQuestion(const domain::Catalogue& catalogue,
                                                     const ioc::v1::ListReportsRequest& request,
                                                     Timestamp now);

/// Each report of a department that has come due in the year, waived ones too, in the order of
/// their due times: what the counts of the year count.
std::vector<domain::Report> ReportsCome(const domain::Reading& reading, std::size_t department,
                                        int year);

}  // namespace iocd::query
