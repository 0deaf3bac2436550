#pragma once

#include <string>

#include "ioc/v1/query.pb.h"
#include "iocctl/catalogue_names.h"

namespace iocctl {

/// For people: a table for each scope, in the order of the catalogue, the worst target first. Under
/// a target stand its document and what else is to be said of it, then those whose place it took,
/// the newest first. `language` is "vi" or "en".
std::string TargetsTables(const ioc::v1::ListTargetsResponse& response, const CatalogueNames& names,
                          const std::string& language, bool colored);

/// One JSON object with the keys targets and time.
std::string TargetsJson(const ioc::v1::ListTargetsResponse& response);

}  // namespace iocctl
