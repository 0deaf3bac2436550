#pragma once

#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "domain/rollup.h"

namespace iocd::domain {

/// Of a target that must hold in every period: whether the value of one that ended by `data_end`
/// did not. The periods are those of the indicator's cadence (months where it is daily or faster)
/// in its calendar, up to the deadline; the first is the one that ended after the baseline's date,
/// or without baseline after the document's; a latest value that is no younger does not count. A
/// period without a value neither held nor failed, and the same goes for what lies before the
/// twelve years of PeriodHistory. `reading.window` and `.period` are not looked at.
bool FellShortBefore(const Reading& reading, const Target& target, Timestamp data_end);

}  // namespace iocd::domain
