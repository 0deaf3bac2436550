#pragma once

#include <vector>

#include "config/code_index.h"
#include "config/drafts.h"
#include "config/mistakes.h"
#include "domain/catalogue.h"

namespace iocd::config {

/// Adds the departments to `data` and their codes to `departments`, and resolves what they say of
/// each other: successors that are there when they take over, and parents, neither of them in a
/// circle.
void TakeDepartments(const std::vector<DepartmentDraft>& drafts, CodeIndex& departments,
                     domain::CatalogueData& data, Mistakes& mistakes);

/// Adds the member sets to `data` and their codes to `sets`; members are parts of others of their
/// set, not in a circle.
void TakeMemberSets(const std::vector<MemberSetDraft>& drafts, CodeIndex& sets,
                    domain::CatalogueData& data, Mistakes& mistakes);

/// Whether the department (an index) reports the indicator, or succeeds one that does. The
/// successors may still go in a circle.
bool ReportsOrSucceeds(const domain::CatalogueData& data, std::size_t department,
                       const domain::Indicator& indicator);

}  // namespace iocd::config
