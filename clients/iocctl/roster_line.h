#pragma once

#include <string>

#include "iocctl/report_table.h"

namespace iocctl {

/// One sentence about the departments of the roster, and one about those outside it if there are
/// any: how many have sent all that is due, how many are late.
std::string RosterLine(const ioc::v1::GetScorecardResponse& scorecard, const ReportStyle& style,
                       const std::string& language);

/// One sentence about one department, its count of the year, and when it last sent.
std::string DepartmentLine(const ioc::v1::DepartmentReports& reports, const ReportStyle& style,
                           const std::string& language);

}  // namespace iocctl
