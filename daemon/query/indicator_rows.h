#pragma once

#include <cstddef>
#include <optional>

#include "domain/rollup.h"
#include "engine/engine.h"
#include "ioc/v1/query.pb.h"

namespace iocd::query {

/// One indicator of the province, or of a department that reports it: its value (of 30 days for
/// windowed kinds), its calendar periods, and of a department the state of its
/// present report. Arguments are indices into the catalogue's vectors;
/// `reading.window` and `.period` are not looked at.
ioc::v1::IndicatorRow IndicatorRowOf(const domain::Reading& reading,
                                     std::optional<std::size_t> department, std::size_t indicator);

/// Appends the rows of a scope at `now`, in catalogue order: of the province (nullopt) all
/// indicators, of a department (an index) those that it reports. `catalogue` is, or was, the
/// engine's. Holds the state still for one indicator at a time.
void AddIndicatorRows(const engine::Engine& engine, const domain::Catalogue& catalogue,
                      std::optional<std::size_t> department, Timestamp now,
                      ioc::v1::GetScorecardResponse* response);

}  // namespace iocd::query
