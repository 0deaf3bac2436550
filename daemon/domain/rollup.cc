#include "domain/rollup.h"

#include <utility>
#include <vector>

#include "domain/held_series.h"

namespace iocd::domain {
namespace {

/// The members of which what is asked for consists, itself if it has no parts. Only of indicators
/// that are divided.
const std::vector<std::size_t>& Leaves(const Catalogue& catalogue, const Indicator& indicator,
                                       std::optional<std::size_t> member) {
  const std::size_t set = *indicator.member_set;
  return member ? catalogue.LeavesOf(set, *member) : catalogue.LeavesOf(set);
}

/// The series that is all that is asked for; nullopt: its leaves combine.
std::optional<MemberId> SingleSeries(const Catalogue& catalogue, const Indicator& indicator,
                                     std::optional<std::size_t> member) {
  const MemberSet* const set = catalogue.MembersOf(indicator);
  if (set == nullptr) return kNoMember;
  if (!member || !catalogue.IsLeaf(indicator, set->members[*member])) return std::nullopt;
  return set->members[*member].id;
}

Combined Alone(Kind kind, Aggregate aggregate, bool owed) {
  Combined alone;
  alone.value = Value(kind, aggregate);
  alone.aggregate = std::move(aggregate);
  alone.owe = owed ? 1 : 0;
  alone.have = owed && alone.value ? 1 : 0;
  return alone;
}

/// Parts of which some are owed on the day of a reading; the others combine all the same.
class Parts {
 public:
  explicit Parts(const Indicator& indicator) : indicator_(indicator) {}

  void Add(Aggregate part, bool owed) {
    if (owed) ++owe_;
    if (owed && Value(indicator_.kind, part)) ++have_;
    parts_.push_back(std::move(part));
  }

  Combined Finish() const {
    Combined combined;
    combined.aggregate = Combine(indicator_.kind, indicator_.direction, parts_);
    combined.value = Value(indicator_.kind, combined.aggregate);
    combined.have = have_;
    combined.owe = owe_;
    return combined;
  }

 private:
  const Indicator& indicator_;
  std::vector<Aggregate> parts_;
  std::size_t have_ = 0, owe_ = 0;
};

void AddLeaves(const Reading& reading, std::size_t department, std::size_t index,
               std::optional<std::size_t> member, Parts* parts) {
  const Catalogue& catalogue = reading.catalogue;
  const Indicator& indicator = catalogue.data().indicators[index];
  const bool owed = catalogue.ReportsOn(department, index, DayOf(reading));
  for (const std::size_t leaf : Leaves(catalogue, indicator, member)) {
    const MemberId id = catalogue.MembersOf(indicator)->members[leaf].id;
    parts->Add(HeldAggregate(reading, department, index, id), owed);
  }
}

/// The department that speaks for the province, of indicators that only their owner reports.
std::optional<std::size_t> Speaker(const Reading& reading, const Indicator& indicator) {
  if (indicator.reporters != Reporters::kOwner || !indicator.owner) return std::nullopt;
  return ShownAs(reading.catalogue, *indicator.owner, DayOf(reading));
}

/// The roll-up of what is reported for the indicator itself.
Combined ReportedValue(const Reading& reading, std::size_t index) {
  const Indicator& indicator = reading.catalogue.data().indicators[index];
  if (const auto owner = Speaker(reading, indicator)) {
    return DepartmentValue(reading, *owner, index);
  }
  std::vector<Aggregate> parts;
  for (const std::size_t department : reading.catalogue.ReportersOf(index)) {
    parts.push_back(DepartmentValue(reading, department, index).aggregate);
  }
  return CombineReporters(reading, index, parts);
}

}  // namespace

Combined CombineReporters(const Reading& reading, std::size_t index,
                          std::span<const Aggregate> reporters) {
  const Catalogue& catalogue = reading.catalogue;
  const Indicator& indicator = catalogue.data().indicators[index];
  const CivilDate day = DayOf(reading);
  Combined combined;
  combined.aggregate = Combine(indicator.kind, indicator.direction, reporters);
  combined.value = Value(indicator.kind, combined.aggregate);
  for (std::size_t i = 0; i < reporters.size(); ++i) {
    if (!catalogue.ReportsOn(catalogue.ReportersOf(index)[i], index, day)) continue;
    ++combined.owe;
    if (Value(indicator.kind, reporters[i])) ++combined.have;
  }
  return combined;
}

bool CombinesReporters(const Indicator& indicator) {
  return indicator.reporters != Reporters::kOwner && !indicator.fed_by;
}

Combined DepartmentValue(const Reading& reading, std::size_t department, std::size_t index,
                         std::optional<std::size_t> member) {
  const Catalogue& catalogue = reading.catalogue;
  const Indicator& indicator = catalogue.data().indicators[index];
  if (const auto single = SingleSeries(catalogue, indicator, member)) {
    return Alone(indicator.kind, HeldAggregate(reading, department, index, *single),
                 catalogue.ReportsOn(department, index, DayOf(reading)));
  }
  Parts parts(indicator);
  AddLeaves(reading, department, index, member, &parts);
  return parts.Finish();
}

Combined ProvinceValue(const Reading& reading, std::size_t indicator) {
  return ReportedValue(reading,
                       reading.catalogue.data().indicators[indicator].fed_by.value_or(indicator));
}

Combined MemberValue(const Reading& reading, std::size_t index, std::size_t member) {
  const Indicator& indicator = reading.catalogue.data().indicators[index];
  if (const auto owner = Speaker(reading, indicator)) {
    return DepartmentValue(reading, *owner, index, member);
  }
  Parts parts(indicator);
  for (const std::size_t department : reading.catalogue.ReportersOf(index)) {
    AddLeaves(reading, department, index, member, &parts);
  }
  return parts.Finish();
}

std::vector<BucketValue> DepartmentBuckets(const Reading& reading, std::size_t department,
                                           std::size_t index, MemberId member) {
  const CatalogueData& data = reading.catalogue.data();
  const Indicator& indicator = data.indicators[index];
  std::vector<BucketValue> sum;
  for (const std::size_t unit : UnitsOf(reading.catalogue, department, DayOf(reading))) {
    const Series* const series =
        reading.source.Find({data.departments[unit].id, indicator.id, member});
    if (series == nullptr) continue;
    std::vector<BucketValue> more = series->Buckets(reading.window, reading.now);
    for (std::size_t i = 0; i < sum.size(); ++i) {
      const Aggregate both[] = {std::move(sum[i].content), std::move(more[i].content)};
      more[i].content = Combine(indicator.kind, indicator.direction, both);
    }
    sum = std::move(more);
  }
  // A series without an event shows the same buckets, all empty.
  return sum.empty() ? Series(indicator.kind).Buckets(reading.window, reading.now) : sum;
}

Combined ScopeValue(const Reading& reading, const Target& target) {
  if (!target.department) return ProvinceValue(reading, target.indicator);
  const std::size_t holder = ShownAs(reading.catalogue, *target.department, DayOf(reading));
  return DepartmentValue(reading, holder, target.indicator);
}

std::optional<TargetActual> ActualOf(const Reading& reading, const Target& target) {
  Reading at = reading;
  at.window = Window::k30d;
  const std::vector<Indicator>& indicators = reading.catalogue.data().indicators;
  const Combined combined = ScopeValue(at, target);
  if (!combined.value) return std::nullopt;
  const std::size_t reported = target.department
                                   ? target.indicator
                                   : indicators[target.indicator].fed_by.value_or(target.indicator);
  const bool windowed = IsWindowed(indicators[reported].kind);
  return TargetActual{*combined.value, windowed ? reading.now : combined.aggregate.time};
}

}  // namespace iocd::domain
