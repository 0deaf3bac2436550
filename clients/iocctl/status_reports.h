#pragma once

#include <cstdint>
#include <string>

#include "iocctl/report_table.h"

namespace iocctl {

/// How much is told of reports.
enum class Detail : std::uint8_t {
  kDepartments,  // one line a department; of what is not pressing only how many
  kEach,         // one line a report; of what is not pressing only how many
  kEverything,   // one line a report, also of those that came or are not owed yet
};

/// Who has not reported, for people: what is late or missing, then what came due and is within its
/// days of grace, then what is still due today. Empty if there is nothing to tell.
std::string WhoOwesText(const ioc::v1::GetScorecardResponse& scorecard, const ReportStyle& style,
                        Detail detail);

}  // namespace iocctl
