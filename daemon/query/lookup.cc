#include "query/lookup.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "domain/scorecard.h"

namespace iocd::query {
namespace {

template <typename Thing>
std::vector<absl::string_view> CodesOf(const std::vector<Thing>& things) {
  std::vector<absl::string_view> codes;
  for (const Thing& thing : things) codes.push_back(thing.code);
  return codes;
}

/// NotFound: names the known code that is near, if one is, and where all of them are listed.
absl::Status UnknownCode(absl::string_view what, absl::string_view code,
                         const std::vector<absl::string_view>& known,
                         absl::string_view where_to_list) {
  const std::string hint = DidYouMean(code, known);
  return absl::NotFoundError(absl::StrCat("there is no ", what, " ", Quoted(code),
                                          hint.empty() ? ";" : hint, " ", where_to_list));
}

}  // namespace

absl::StatusOr<std::size_t> FindDepartment(const domain::Catalogue& catalogue,
                                           absl::string_view code) {
  const std::vector<domain::Department>& all = catalogue.data().departments;
  const domain::Department* found = catalogue.FindDepartment(code);
  if (found != nullptr) return found - all.data();
  return UnknownCode("department", code, CodesOf(all), "GET /api/v1/departments lists them.");
}

absl::StatusOr<std::optional<std::size_t>> FindScope(const domain::Catalogue& catalogue,
                                                     absl::string_view scope) {
  if (scope.empty() || scope == domain::kProvinceScope) return std::nullopt;
  const auto department = FindDepartment(catalogue, scope);
  if (department.ok()) return *department;
  return absl::NotFoundError(absl::StrCat("a scope is 'province' or a department's code: ",
                                          department.status().message()));
}

absl::StatusOr<std::size_t> FindIndicator(const domain::Catalogue& catalogue,
                                          absl::string_view code) {
  const std::vector<domain::Indicator>& all = catalogue.data().indicators;
  const domain::Indicator* found = catalogue.FindIndicator(code);
  if (found != nullptr) return found - all.data();
  return UnknownCode("indicator", code, CodesOf(all), "GET /api/v1/indicators lists them.");
}

absl::StatusOr<std::size_t> FindMember(const domain::Catalogue& catalogue,
                                       const domain::Indicator& indicator, absl::string_view code) {
  const domain::MemberSet* set = catalogue.MembersOf(indicator);
  if (set == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        "indicator '", indicator.code, "' has no members; ask without member ", Quoted(code), "."));
  }
  const domain::Member* found = catalogue.FindMember(indicator, code);
  if (found != nullptr) return found - set->members.data();
  return UnknownCode(absl::StrCat("member of '", set->code, "' named"), code, CodesOf(set->members),
                     "GET /api/v1/indicators lists them.");
}

}  // namespace iocd::query
