#include "exposition/label_texts.h"

#include <utility>

#include "domain/scorecard.h"
#include "exposition/text_format.h"

namespace iocd::exposition {
namespace {

std::string Label(absl::string_view name, absl::string_view value) {
  std::string text;
  AppendLabel(name, value, &text);
  return text;
}

}  // namespace

LabelTexts::LabelTexts(std::shared_ptr<const domain::Catalogue> of) : catalogue(std::move(of)) {
  const domain::CatalogueData& data = catalogue->data();
  for (const domain::Department& department : data.departments) {
    departments.push_back(Label("department", department.code));
    scopes.push_back(Label("scope", department.code));
  }
  province_scope = Label("scope", domain::kProvinceScope);
  for (const domain::Indicator& indicator : data.indicators) {
    indicators.push_back(Label("indicator", indicator.code));
  }
  for (const domain::MemberSet& set : data.member_sets) {
    std::vector<std::string>& texts = members.emplace_back();
    for (const domain::Member& member : set.members) {
      texts.push_back(Label("set", set.code) + "," + Label("member", member.code));
    }
  }
  for (const std::size_t index : catalogue->TargetsInForce()) {
    const domain::Target& target = data.targets[index];
    targets.push_back(Label("scope", domain::ScopeOf(*catalogue, target)) + "," +
                      indicators[target.indicator] + "," + Label("target", target.deadline_text) +
                      "," + Label("owner", domain::OwnerOf(*catalogue, target)));
  }
}

}  // namespace iocd::exposition
