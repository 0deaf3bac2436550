#pragma once

#include <vector>

#include "config/code_index.h"
#include "config/drafts.h"
#include "config/mistakes.h"
#include "domain/catalogue.h"

namespace iocd::config {

/// Adds the waivers to `data`, whose departments and indicators are complete. A waiver names a
/// department and what it owes, itself or as a successor.
void TakeWaivers(const std::vector<WaiverDraft>& drafts, const CodeIndex& departments,
                 const CodeIndex& indicators, domain::CatalogueData& data, Mistakes& mistakes);

}  // namespace iocd::config
