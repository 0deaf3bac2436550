#include "config/catalogue_builder.h"

#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "config/calendar_builder.h"
#include "config/code_index.h"
#include "config/roster_builder.h"
#include "config/target_builder.h"
#include "config/waiver_builder.h"

namespace iocd::config {
namespace {

using domain::CatalogueData;
using domain::Indicator;

class Builder {
 public:
  Builder(Drafts drafts, Mistakes& mistakes)
      : drafts_(std::move(drafts)),
        mistakes_(mistakes),
        departments_("department", mistakes),
        member_sets_("member set", mistakes),
        indicators_("indicator", mistakes) {}

  CatalogueData Build() {
    TakeTerritory();
    data_.working_days = BuildWorkingDays(drafts_.calendar, mistakes_);
    TakeDepartments(drafts_.departments, departments_, data_, mistakes_);
    TakeMemberSets(drafts_.member_sets, member_sets_, data_, mistakes_);
    TakeIndicators();
    for (std::size_t i = 0; i < data_.indicators.size(); ++i) CheckFeed(i);
    TakeTargets();
    TakeWaivers(drafts_.waivers, departments_, indicators_, data_, mistakes_);
    return std::move(data_);
  }

 private:
  void TakeTerritory();
  void TakeIndicators();
  void ResolveIndicator(const IndicatorDraft& draft, Indicator& indicator);
  void CheckFeed(std::size_t fed);
  void TakeTargets();

  Drafts drafts_;
  Mistakes& mistakes_;
  CodeIndex departments_, member_sets_, indicators_;
  std::vector<const IndicatorDraft*> drafts_of_indicators_;  // by number
  CatalogueData data_;
};

void Builder::TakeTerritory() {
  if (!drafts_.territory) {
    mistakes_.Add({}, "no catalogue file gives the territory: {code, name_vi, name_en}");
    return;
  }
  data_.territory = std::move(drafts_.territory->code);
  data_.name_vi = std::move(drafts_.territory->name_vi);
  data_.name_en = std::move(drafts_.territory->name_en);
  data_.reports_from = drafts_.territory->reports_from;
}

void Builder::TakeIndicators() {
  for (const IndicatorDraft& draft : drafts_.indicators) {
    if (!indicators_.Add(draft.value.code, draft.place)) continue;
    data_.indicators.push_back(draft.value);
    drafts_of_indicators_.push_back(&draft);
  }
  for (std::size_t i = 0; i < data_.indicators.size(); ++i) {
    ResolveIndicator(*drafts_of_indicators_[i], data_.indicators[i]);
  }
}

void Builder::ResolveIndicator(const IndicatorDraft& draft, Indicator& indicator) {
  if (draft.owner) indicator.owner = departments_.Resolve(*draft.owner);
  if (draft.member_set) indicator.member_set = member_sets_.Resolve(*draft.member_set);
  if (draft.fed_by) indicator.fed_by = indicators_.Resolve(*draft.fed_by);
  std::set<absl::string_view> kinds;
  for (const domain::Department& department : data_.departments) kinds.insert(department.kind);
  for (const Text& kind : draft.reporter_kinds) {
    if (kinds.contains(kind.value)) continue;
    mistakes_.Add(kind.place, absl::StrCat("no department is of kind '", kind.value, "'",
                                           DidYouMean(kind.value, {kinds.begin(), kinds.end()})));
  }
}

/// What feeds an indicator has its kind and unit, and is not fed by it in turn.
void Builder::CheckFeed(std::size_t fed) {
  const Indicator& indicator = data_.indicators[fed];
  if (!indicator.fed_by) return;
  const Place& place = drafts_of_indicators_[fed]->fed_by->place;
  std::size_t next = *indicator.fed_by;
  for (std::size_t steps = 0; steps <= data_.indicators.size(); ++steps) {
    if (next == fed) {
      mistakes_.Add(place, absl::StrCat("indicator '", indicator.code, "' feeds itself",
                                        *indicator.fed_by == fed ? "" : ", through others"));
      return;
    }
    if (!data_.indicators[next].fed_by) break;
    next = *data_.indicators[next].fed_by;
  }
  const Indicator& source = data_.indicators[*indicator.fed_by];
  const bool sound =
      drafts_of_indicators_[fed]->sound && drafts_of_indicators_[*indicator.fed_by]->sound;
  if (!sound) return;
  if (source.kind != indicator.kind) {
    mistakes_.Add(
        place, absl::StrCat("'", indicator.code, "' is of kind ", domain::KindName(indicator.kind),
                            ", but '", source.code, "', which feeds it, is of kind ",
                            domain::KindName(source.kind)));
  } else if (source.unit != indicator.unit) {
    mistakes_.Add(place,
                  absl::StrCat("'", indicator.code, "' has the unit ", indicator.unit, ", but '",
                               source.code, "', which feeds it, has ", source.unit));
  }
}

void Builder::TakeTargets() {
  std::vector<bool> sound;
  for (const IndicatorDraft* draft : drafts_of_indicators_) sound.push_back(draft->sound);
  TargetBuilder targets(data_, sound, departments_, indicators_, mistakes_);
  for (const TargetDraft& draft : drafts_.targets) targets.Take(draft);
}

}  // namespace

domain::CatalogueData BuildCatalogue(Drafts drafts, Mistakes& mistakes) {
  return Builder(std::move(drafts), mistakes).Build();
}

}  // namespace iocd::config
