#pragma once

#include "domain/catalogue.h"

namespace iocd::testing {

/// A small territory for tests: departments "a", "b", "c" (kind "so") and "outside" (does not
/// count); the member set "areas" with "north" and "south"; one indicator of each kind, named after
/// it
/// ("flow", "ratio", …), reported by all, with members for "stock" ("areas"); direction higher,
/// save "duration" and "rank".
domain::CatalogueData TestCatalogueData();
domain::Catalogue TestCatalogue();

/// One more, for refusals: "owned", a stock from 0 to 10 that only "a" reports.
domain::Indicator OwnedIndicator();

}  // namespace iocd::testing
