#include "domain/last_event.h"

#include <algorithm>

#include "domain/held_series.h"

namespace iocd::domain {

std::optional<Timestamp> LastEventTime(const Reading& reading, std::size_t department,
                                       std::size_t index, std::optional<std::size_t> member) {
  const Catalogue& catalogue = reading.catalogue;
  const Indicator& indicator = catalogue.data().indicators[index];
  std::optional<Timestamp> newest;
  const auto look = [&](std::size_t unit, MemberId id) {
    const Series* const series =
        reading.source.Find({catalogue.data().departments[unit].id, indicator.id, id});
    if (series != nullptr) newest = std::max(newest, series->LastEventTime());
  };
  for (const std::size_t unit : UnitsOf(catalogue, department, DayOf(reading))) {
    const MemberSet* const set = catalogue.MembersOf(indicator);
    if (set == nullptr) {
      look(unit, kNoMember);
      continue;
    }
    const std::size_t number = *indicator.member_set;
    for (const std::size_t leaf :
         member ? catalogue.LeavesOf(number, *member) : catalogue.LeavesOf(number)) {
      look(unit, set->members[leaf].id);
    }
  }
  return newest;
}

}  // namespace iocd::domain
