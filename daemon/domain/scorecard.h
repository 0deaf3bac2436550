#pragma once

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "domain/catalogue.h"
#include "domain/rollup.h"
#include "domain/target_status.h"

namespace iocd::domain {

/// One target in force, held against the value of its scope.
struct TargetRow {
  const Target* target = nullptr;  // of the reading's catalogue
  std::optional<TargetActual> actual;
  TargetAssessment assessment;
};

/// The scope of targets that are the whole province's.
inline constexpr absl::string_view kProvinceScope = "province";

/// "province", or the code of the target's department.
absl::string_view ScopeOf(const Catalogue& catalogue, const Target& target);

/// Code of the department that answers for the target: the indicator's owner, without one the
/// department of the scope; empty if there is neither.
absl::string_view OwnerOf(const Catalogue& catalogue, const Target& target);

/// The status of a target at `reading.now`. Windowed kinds are held against their 30 days, whatever
/// `reading.window` says.
TargetRow AssessTarget(const Reading& reading, const Target& target);

}  // namespace iocd::domain
