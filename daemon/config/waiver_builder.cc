#include "config/waiver_builder.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace iocd::config {
namespace {

using domain::CatalogueData;
using domain::Indicator;

/// Also as the successor of one that does. The successors may still go in a circle.
bool Owes(const CatalogueData& data, std::size_t department, const Indicator& indicator) {
  for (std::size_t i = 0; i < data.departments.size(); ++i) {
    if (!domain::Reports(data, i, indicator)) continue;
    std::optional<std::size_t> at = i;
    for (std::size_t steps = 0; at && steps < data.departments.size(); ++steps) {
      if (*at == department) return true;
      at = data.departments[*at].successor;
    }
  }
  return false;
}

void CheckIndicator(const CatalogueData& data, const WaiverDraft& draft,
                    const domain::Waiver& waiver, Mistakes& mistakes) {
  const Indicator& indicator = data.indicators[*waiver.indicator];
  const Place& place = draft.indicator->place;
  if (indicator.fed_by) {
    mistakes.Add(place, absl::StrCat("nobody owes '", indicator.code, "', which is made from '",
                                     data.indicators[*indicator.fed_by].code, "': name that one"));
  } else if (!Owes(data, waiver.department, indicator)) {
    mistakes.Add(place, absl::StrCat("department '", draft.department.value, "' does not report '",
                                     indicator.code,
                                     "', so there is nothing of it to let off; without "
                                     "'indicator' the waiver is for all that it reports"));
  }
}

}  // namespace

void TakeWaivers(const std::vector<WaiverDraft>& drafts, const CodeIndex& departments,
                 const CodeIndex& indicators, CatalogueData& data, Mistakes& mistakes) {
  for (const WaiverDraft& draft : drafts) {
    domain::Waiver waiver = draft.value;
    const std::optional<std::size_t> department = departments.Resolve(draft.department);
    if (draft.indicator) waiver.indicator = indicators.Resolve(*draft.indicator);
    if (!department || (draft.indicator && !waiver.indicator)) continue;
    waiver.department = *department;
    if (waiver.indicator) CheckIndicator(data, draft, waiver, mistakes);
    data.waivers.push_back(std::move(waiver));
  }
}

}  // namespace iocd::config
