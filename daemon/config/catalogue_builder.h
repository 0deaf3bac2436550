#pragma once

#include "config/drafts.h"
#include "config/mistakes.h"
#include "domain/catalogue.h"

namespace iocd::config {

/// Resolves the references between the drafts and checks what only the whole shows: codes given
/// twice, unknown references, feeds and trees in a circle. Mistakes go to `mistakes`; if any was
/// found, now or while the drafts were read, the result is of no use.
domain::CatalogueData BuildCatalogue(Drafts drafts, Mistakes& mistakes);

}  // namespace iocd::config
