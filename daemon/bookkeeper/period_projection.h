#pragma once

#include <cstddef>
#include <vector>

#include "bookkeeper/kept_periods.h"
#include "domain/rollup.h"
#include "ledger/records.h"

namespace iocd::bookkeeper {

/// What the state says of the periods: of the province, and of each department that reports the
/// indicator (of one that is fed by another the province alone). A period of which nothing has come
/// is left out. `periods` are of the calendar of the indicator that is sent.
void ObservePeriods(const domain::Reading& reading, std::size_t indicator, const KeptYear& periods,
                    std::vector<ledger::PeriodObservation>* observations);

}  // namespace iocd::bookkeeper
