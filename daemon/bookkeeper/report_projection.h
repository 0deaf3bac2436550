#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "domain/rollup.h"
#include "ledger/records.h"

namespace iocd::bookkeeper {

/// Reports as the ledger keeps them.
struct ReportProjection {
  std::vector<ledger::Report> reports;
  std::vector<ledger::ReportYear> whole_years;
  // When time alone next changes the state of one of them, within the day; nullopt: not before
  // midnight, at which any may.
  std::optional<Timestamp> next_change;
};

/// Adds every report that falls due in the year of `reading.now` or the one before and is owed by
/// now. A realtime source owes none. Arguments are indices.
void ProjectReports(const domain::Reading& reading, std::size_t department, std::size_t indicator,
                    ReportProjection* projection);

}  // namespace iocd::bookkeeper
