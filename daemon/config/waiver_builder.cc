#include "config/waiver_builder.h"

#include <map>
#include <optional>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "config/roster_builder.h"

namespace iocd::config {
namespace {

using domain::CatalogueData;
using domain::Indicator;

void CheckIndicator(const CatalogueData& data, const WaiverDraft& draft,
                    const domain::Waiver& waiver, Mistakes& mistakes) {
  const Indicator& indicator = data.indicators[*waiver.indicator];
  const Place& place = draft.indicator->place;
  if (indicator.fed_by) {
    mistakes.Add(place, absl::StrCat("nobody owes '", indicator.code, "', which is made from '",
                                     data.indicators[*indicator.fed_by].code, "': name that one"));
  } else if (!ReportsOrSucceeds(data, waiver.department, indicator)) {
    mistakes.Add(place, absl::StrCat("department '", draft.department.value, "' does not report '",
                                     indicator.code,
                                     "', so there is nothing of it to let off; without "
                                     "'indicator' the waiver is for all that it reports"));
  }
}

}  // namespace

void TakeWaivers(const std::vector<WaiverDraft>& drafts, const CodeIndex& departments,
                 const CodeIndex& indicators, CatalogueData& data, Mistakes& mistakes) {
  std::map<
      std::tuple<std::size_t, std::optional<std::size_t>, domain::CivilDate, domain::CivilDate>,
      Place>
      taken;
  for (const WaiverDraft& draft : drafts) {
    domain::Waiver waiver = draft.value;
    const std::optional<std::size_t> department = departments.Resolve(draft.department);
    if (draft.indicator) waiver.indicator = indicators.Resolve(*draft.indicator);
    if (!department || (draft.indicator && !waiver.indicator)) continue;
    waiver.department = *department;
    if (waiver.indicator) CheckIndicator(data, draft, waiver, mistakes);
    const auto [first, added] = taken.try_emplace(
        std::tuple(waiver.department, waiver.indicator, waiver.first, waiver.last),
        draft.department.place);
    if (!added) {
      mistakes.Add(draft.department.place,
                   absl::StrCat("department '", draft.department.value,
                                "' is let off the same reports twice; first at ",
                                mistakes.PlaceText(first->second)));
    }
    data.waivers.push_back(std::move(waiver));
  }
}

}  // namespace iocd::config
