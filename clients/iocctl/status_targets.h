#pragma once

#include <string>

#include "ioc/v1/query.pb.h"
#include "iocctl/catalogue_names.h"

namespace iocctl {

/// A table of targets for people, the worst first. Those that are on track or achieved are only
/// counted, unless `all`. `language` is "vi" or "en".
std::string TargetsText(const ioc::v1::GetScorecardResponse& scorecard, const CatalogueNames& names,
                        const std::string& language, bool all, bool colored);

}  // namespace iocctl
