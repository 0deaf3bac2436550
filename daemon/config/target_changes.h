#pragma once

#include "config/field_changes.h"
#include "domain/catalogue.h"

namespace iocd::config {

/// The part of CatalogueChanges() that speaks of targets.
void AppendTargetChanges(const domain::CatalogueData& before, const domain::CatalogueData& after,
                         Sentences* out);

}  // namespace iocd::config
