#pragma once

#include <string>
#include <vector>

#include "ioc/v1/query.pb.h"
#include "iocctl/catalogue_names.h"
#include "iocctl/report_standing.h"
#include "iocctl/report_words.h"

namespace iocctl {

/// In whose words reports are written, and as of when. What it refers to outlives it.
struct ReportStyle {
  const CatalogueNames& names;
  const ReportWords& words;
  google::protobuf::Timestamp now;
  bool colored = false;
};

/// Colour of a standing on a terminal.
const char* ColorOf(Standing standing);

/// "Name of the indicator (2024-03)".
std::string ReportName(const ioc::v1::Report& report, const ReportStyle& style);

/// A table with one line a report, in the order given, those in the year's count of late ones
/// marked; notes (when it came, who let it off) only if there are any. `name_departments`: they are
/// of several.
std::string ReportTable(const std::vector<const ioc::v1::Report*>& reports,
                        const ReportStyle& style, bool name_departments);

}  // namespace iocctl
