#pragma once

#include <map>
#include <tuple>

#include "domain/rollup.h"

namespace iocd::domain {

/// The series that come of what a test sends.
class SentSeries : public SeriesSource {
 public:
  const Series* Find(const SeriesKey& key) const override {
    const auto found = series_.find(KeyOf(key));
    return found == series_.end() ? nullptr : &found->second;
  }

  /// `event.series` says of what; applied in the order of the calls.
  void Apply(Kind kind, const Event& event, Timestamp arrival) {
    series_.try_emplace(KeyOf(event.series), kind).first->second.Apply(event, arrival);
  }

 private:
  using Key = std::tuple<DepartmentId, IndicatorId, MemberId>;
  static Key KeyOf(const SeriesKey& key) { return {key.department, key.indicator, key.member}; }

  std::map<Key, Series> series_;
};

/// Gives everything in the catalogue an id, as the engine does.
inline Catalogue WithIds(CatalogueData data) {
  std::uint32_t next = 0;
  for (Department& department : data.departments) department.id = DepartmentId{++next};
  for (Indicator& indicator : data.indicators) indicator.id = IndicatorId{++next};
  for (MemberSet& set : data.member_sets) {
    for (Member& member : set.members) member.id = MemberId{++next};
  }
  return Catalogue(std::move(data));
}

}  // namespace iocd::domain
