#pragma once

#include <cstddef>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/catalogue.h"

namespace iocd::query {

/// Codes to indices of the catalogue's vectors. NotFound says what is near, or where to look.
absl::StatusOr<std::size_t> FindDepartment(const domain::Catalogue& catalogue,
                                           absl::string_view code);
/// nullopt: the province, or (empty) every scope. NotFound: neither "province" nor a department.
absl::StatusOr<std::optional<std::size_t>> FindScope(const domain::Catalogue& catalogue,
                                                     absl::string_view scope);
absl::StatusOr<std::size_t> FindIndicator(const domain::Catalogue& catalogue,
                                          absl::string_view code);
/// An index into the indicator's member set. InvalidArgument: the indicator has no members.
absl::StatusOr<std::size_t> FindMember(const domain::Catalogue& catalogue,
                                       const domain::Indicator& indicator, absl::string_view code);

}  // namespace iocd::query
