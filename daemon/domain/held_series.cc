#include "domain/held_series.h"

#include <algorithm>
#include <utility>

namespace iocd::domain {
namespace {

bool IsGone(const Department& department, CivilDate day) {
  return department.valid_to && *department.valid_to <= day;
}

/// Reads one indicator of one member, or of none.
class HeldReader {
 public:
  HeldReader(const Reading& reading, const Indicator& indicator, MemberId member)
      : reading_(reading),
        departments_(reading.catalogue.data().departments),
        indicator_(indicator),
        member_(member) {}

  Aggregate Own(std::size_t department) const {
    const Series* const series =
        reading_.source.Find({departments_[department].id, indicator_.id, member_});
    if (series == nullptr) return {};
    if (reading_.period) return series->periods().In(*reading_.period);
    return IsWindowed(indicator_.kind) ? series->InWindow(reading_.window, reading_.now)
                                       : series->Latest();
  }

  Aggregate Sum(const std::vector<std::size_t>& units) const {
    std::vector<Aggregate> parts;
    for (const std::size_t unit : units) parts.push_back(Own(unit));
    return Combine(indicator_.kind, indicator_.direction, parts);
  }

  Aggregate LatestOf(std::size_t department, CivilDate day) const {
    Aggregate own = Own(department);
    std::vector<Aggregate> parts;
    for (const std::size_t former : reading_.catalogue.PredecessorsOf(department)) {
      const Department& merged = departments_[former];
      if (merged.successor != department || !IsGone(merged, day)) continue;
      const bool spoken_for = own.HasValue() && own.time > merged.valid_to->Start();
      if (!spoken_for) parts.push_back(LatestOf(former, day));
    }
    parts.push_back(std::move(own));
    std::erase_if(parts, [](const Aggregate& part) { return !part.HasValue(); });
    if (parts.empty()) return {};
    if (parts.size() == 1) return std::move(parts.front());
    Aggregate both = Combine(indicator_.kind, indicator_.direction, parts);
    if (both.HasValue()) return both;
    return *std::max_element(
        parts.begin(), parts.end(),
        [](const Aggregate& a, const Aggregate& b) { return a.time < b.time; });
  }

 private:
  const Reading& reading_;
  const std::vector<Department>& departments_;
  const Indicator& indicator_;
  MemberId member_;
};

}  // namespace

CivilDate DayOf(const Reading& reading) {
  const CivilDate today = CivilDate::Containing(reading.now);
  if (!reading.period) return today;
  return std::min(today, CivilDate{reading.period->End().days - 1});
}

std::size_t ShownAs(const Catalogue& catalogue, std::size_t department, CivilDate day) {
  const std::vector<Department>& departments = catalogue.data().departments;
  while (IsGone(departments[department], day) && departments[department].successor) {
    department = *departments[department].successor;
  }
  return department;
}

std::vector<std::size_t> UnitsOf(const Catalogue& catalogue, std::size_t department,
                                 CivilDate day) {
  if (ShownAs(catalogue, department, day) != department) return {};
  std::vector<std::size_t> units = {department};
  for (const std::size_t former : catalogue.PredecessorsOf(department)) {
    if (ShownAs(catalogue, former, day) == department) units.push_back(former);
  }
  return units;
}

Aggregate HeldAggregate(const Reading& reading, std::size_t department, std::size_t index,
                        MemberId member) {
  const Catalogue& catalogue = reading.catalogue;
  const Department& of = catalogue.data().departments[department];
  const Indicator& indicator = catalogue.data().indicators[index];
  const HeldReader reader(reading, indicator, member);
  const bool never_merged = !of.valid_to && catalogue.PredecessorsOf(department).empty();
  if (never_merged) return reader.Own(department);
  const CivilDate day = DayOf(reading);
  if (IsWindowed(indicator.kind)) return reader.Sum(UnitsOf(catalogue, department, day));
  return IsGone(of, day) ? Aggregate{} : reader.LatestOf(department, day);
}

}  // namespace iocd::domain
