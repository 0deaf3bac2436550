#pragma once

#include <string>

#include "ioc/v1/query.pb.h"

namespace iocctl {

/// What `iocctl reports` shows.
struct ReportsData {
  ioc::v1::ListDepartmentsResponse departments;
  ioc::v1::ListIndicatorsResponse indicators;
  ioc::v1::ListReportsResponse reports;
};

/// For people: with `each` one line for each report of the year, otherwise one for each department
/// with its counts, who was late most often first. The last line counts. `language` is "vi" or
/// "en".
std::string ReportsText(const ReportsData& data, const std::string& language, bool each,
                        bool colored);

}  // namespace iocctl
