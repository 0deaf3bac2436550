#pragma once

#include <string>

#include "config/field_changes.h"
#include "domain/cadence.h"
#include "domain/due_rule.h"
#include "domain/working_days.h"

namespace iocd::config {

/// The part of CatalogueChanges() that speaks of working days.
void AppendCalendarChanges(const domain::WorkingDays& before, const domain::WorkingDays& after,
                           Sentences* out);

/// The rule as the files write it, with all that holds for the cadence.
std::string DueText(const domain::DueRule& rule, domain::Cadence cadence);

}  // namespace iocd::config
