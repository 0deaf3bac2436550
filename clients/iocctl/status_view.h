#pragma once

#include <string>

#include "absl/time/time.h"
#include "ioc/v1/query.pb.h"

namespace iocctl {

/// What `iocctl status` shows.
struct StatusData {
  ioc::v1::ListDepartmentsResponse departments;
  ioc::v1::ListIndicatorsResponse indicators;
  ioc::v1::GetScorecardResponse scorecard;
};

/// Two tables for people: departments, the longest silent first, and targets, the worst first.
/// `language` is "en" or "vi".
std::string StatusText(const StatusData& data, const std::string& language, bool colored);

/// One JSON object with the keys departments, targets and time.
std::string StatusJson(const StatusData& data);

/// "45s", "12m", "3h 5m", "2d 4h".
std::string AgeText(absl::Duration age);

}  // namespace iocctl
