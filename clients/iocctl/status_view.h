#pragma once

#include <string>

#include "ioc/v1/query.pb.h"

namespace iocctl {

/// What `iocctl status` shows.
struct StatusData {
  ioc::v1::ListDepartmentsResponse departments;
  ioc::v1::ListIndicatorsResponse indicators;
  ioc::v1::GetScorecardResponse scorecard;
  std::string scope;  // as asked: "province", a department's code, or empty for all
};

struct StatusLook {
  std::string language;  // "vi" or "en"
  bool all = false;      // what is well is listed too, and each report that is owed
  bool colored = false;
};

/// For people: in one sentence how many departments have sent what is due, then targets, the worst
/// first, then who has not reported. Of a department every report that it owes; with `all` those
/// too that it sent.
std::string StatusText(const StatusData& data, const StatusLook& look);

/// One JSON object with the daemon's answers: departments (those of the scope), targets, indicators
/// and time, and as reports what the scorecard calls departments.
std::string StatusJson(const StatusData& data);

}  // namespace iocctl
