#pragma once

#include "audit/caller.h"
#include "audit/entry.h"
#include "base/clock.h"
#include "base/clock_guard.h"

namespace iocd::ingest {

/// What each door does when an operator confirms the clock: ends the doubt, and returns what the
/// audit log is to say of it.
audit::Entry ConfirmClock(ClockGuard& clock_guard, const ClockReading& now,
                          const audit::Caller& caller);

}  // namespace iocd::ingest
