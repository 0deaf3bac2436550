#include "config/target_changes.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/scorecard.h"

namespace iocd::config {
namespace {

using domain::CatalogueData;
using domain::Target;
using domain::TargetOperator;

absl::string_view OperatorText(TargetOperator op) {
  switch (op) {
    case TargetOperator::kAtLeast:
      return ">=";
    case TargetOperator::kMoreThan:
      return ">";
    case TargetOperator::kAtMost:
      return "<=";
    case TargetOperator::kLessThan:
      return "<";
  }
  return "";
}

/// One document asks for one thing once.
std::string NameOf(const CatalogueData& data, const Target& target) {
  const absl::string_view scope = target.department
                                      ? absl::string_view(data.departments[*target.department].code)
                                      : domain::kProvinceScope;
  return absl::StrCat("target of '", scope, "' for '", data.indicators[target.indicator].code,
                      "', deadline ", target.deadline_text, ", of ", Quote(target.document), " (",
                      target.document_date.ToText(), ")");
}

Fields FieldsOf(const CatalogueData& data, const Target& target) {
  const domain::TargetTerms& terms = target.terms;
  const std::string& unit = data.indicators[target.indicator].unit;
  const auto quantity = [&](const std::optional<double>& value) {
    return value ? QuantityText(*value, unit) : "none";
  };
  const std::string milestones =
      absl::StrJoin(terms.milestones, ", ", [&](std::string* out, const auto& milestone) {
        absl::StrAppend(out, milestone.first.ToText(), " ", quantity(milestone.second));
      });
  return {
      {"value", absl::StrCat(OperatorText(terms.op), " ", quantity(terms.value))},
      {"stretch", quantity(target.stretch)},
      {"baseline",
       terms.baseline ? absl::StrCat(quantity(terms.baseline), " at ", terms.baseline_date.ToText())
                      : "none"},
      {"tolerance", NumberText(terms.tolerance)},
      {"trajectory", terms.trajectory == domain::Trajectory::kLinear ? "linear" : "maintain"},
      {"milestones", milestones.empty() ? "none" : milestones},
      {"note", Quote(target.note)},
  };
}

}  // namespace

void AppendTargetChanges(const CatalogueData& before, const CatalogueData& after, Sentences* out) {
  const CatalogueData* const data[] = {&before, &after};
  AppendItemChanges(
      before.targets, after.targets,
      [&](const Target& target, int list) { return NameOf(*data[list], target); },
      [&](const Target& target, int list) { return FieldsOf(*data[list], target); }, "", out);
}

}  // namespace iocd::config
