#include "domain/last_event.h"

#include <algorithm>

namespace iocd::domain {

std::optional<Timestamp> LastEventTime(const Reading& reading, std::size_t department,
                                       std::size_t indicator) {
  const CatalogueData& data = reading.catalogue.data();
  std::optional<Timestamp> newest;
  SeriesKey key{data.departments[department].id, data.indicators[indicator].id, kNoMember};
  const auto look = [&] {
    const Series* series = reading.source.Find(key);
    if (series != nullptr) newest = std::max(newest, series->LastEventTime());
  };

  const MemberSet* set = reading.catalogue.MembersOf(data.indicators[indicator]);
  if (set == nullptr) {
    look();
    return newest;
  }
  for (const Member& member : set->members) {
    key.member = member.id;
    look();
  }
  return newest;
}

}  // namespace iocd::domain
