#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "bookkeeper/report_projection.h"
#include "engine/engine.h"
#include "ledger/records.h"

namespace iocd::bookkeeper {

/// What the ledger is to say of one indicator.
struct IndicatorBooks {
  std::vector<ledger::PeriodObservation> periods;
  ReportProjection reports;
  // The newest arrival in the log before it was read. What is applied after may have arrived up to
  // limits::kMaxClockError before it: batches are stamped before they queue.
  std::optional<Timestamp> newest_arrival;
};

/// Reads them, a year or a department at a time, so that the engine never waits long: what is
/// applied meanwhile may be in a later part and not in an earlier one.
IndicatorBooks ReadIndicator(const engine::Engine& engine, const domain::Catalogue& catalogue,
                             std::size_t indicator, Timestamp now);

/// Whether something may have been applied to the indicator, or to the one that it is fed by, since
/// it was read with that newest arrival.
bool HasHeard(const engine::Engine& engine, const domain::Catalogue& catalogue,
              std::size_t indicator, std::optional<Timestamp> newest_arrival);

}  // namespace iocd::bookkeeper
