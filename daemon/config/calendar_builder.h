#pragma once

#include "config/drafts.h"
#include "config/mistakes.h"
#include "domain/working_days.h"

namespace iocd::config {

/// Checks what only the whole calendar shows: holidays that overlap, swap days that are no day off
/// anyway or lie in a holiday. Mistakes go to `mistakes`; if any was found, the result is of no
/// use.
domain::WorkingDays BuildWorkingDays(const CalendarDraft& draft, Mistakes& mistakes);

}  // namespace iocd::config
