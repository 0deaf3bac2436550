#include "domain/rollup.h"

#include <utility>
#include <vector>

namespace iocd::domain {
namespace {

Combined Alone(Kind kind, Aggregate aggregate) {
  Combined alone{std::move(aggregate), std::nullopt, 0, 1};
  alone.value = Value(kind, alone.aggregate);
  alone.have = alone.value ? 1 : 0;
  return alone;
}

Combined CombineParts(const Indicator& indicator, std::span<const Aggregate> parts) {
  Combined combined;
  combined.aggregate = Combine(indicator.kind, indicator.direction, parts);
  combined.value = Value(indicator.kind, combined.aggregate);
  combined.owe = parts.size();
  for (const Aggregate& part : parts) {
    if (Value(indicator.kind, part)) ++combined.have;
  }
  return combined;
}

Aggregate ReadSeries(const Reading& reading, std::size_t department, const Indicator& indicator,
                     MemberId member) {
  const Department& reporter = reading.catalogue.data().departments[department];
  const Series* const series = reading.source.Find({reporter.id, indicator.id, member});
  if (series == nullptr) return {};
  if (reading.period) return series->periods().In(*reading.period);
  return IsWindowed(indicator.kind) ? series->InWindow(reading.window, reading.now)
                                    : series->Latest();
}

/// The roll-up of what is reported for the indicator itself.
Combined ReportedValue(const Reading& reading, std::size_t index) {
  const Indicator& indicator = reading.catalogue.data().indicators[index];
  if (indicator.reporters == Reporters::kOwner && indicator.owner) {
    return DepartmentValue(reading, *indicator.owner, index);
  }
  std::vector<Aggregate> parts;
  for (const std::size_t department : reading.catalogue.ReportersOf(index)) {
    parts.push_back(DepartmentValue(reading, department, index).aggregate);
  }
  return CombineReporters(reading.catalogue, index, parts);
}

}  // namespace

Combined CombineReporters(const Catalogue& catalogue, std::size_t indicator,
                          std::span<const Aggregate> reporters) {
  return CombineParts(catalogue.data().indicators[indicator], reporters);
}

Combined DepartmentValue(const Reading& reading, std::size_t department, std::size_t index) {
  const Indicator& indicator = reading.catalogue.data().indicators[index];
  const MemberSet* const set = reading.catalogue.MembersOf(indicator);
  if (set == nullptr) {
    return Alone(indicator.kind, ReadSeries(reading, department, indicator, kNoMember));
  }
  std::vector<Aggregate> parts;
  for (const Member& member : set->members) {
    parts.push_back(ReadSeries(reading, department, indicator, member.id));
  }
  return CombineParts(indicator, parts);
}

Combined ProvinceValue(const Reading& reading, std::size_t indicator) {
  return ReportedValue(reading,
                       reading.catalogue.data().indicators[indicator].fed_by.value_or(indicator));
}

Combined MemberValue(const Reading& reading, std::size_t index, std::size_t member) {
  const Indicator& indicator = reading.catalogue.data().indicators[index];
  const MemberId id = reading.catalogue.MembersOf(indicator)->members[member].id;
  if (indicator.reporters == Reporters::kOwner && indicator.owner) {
    return Alone(indicator.kind, ReadSeries(reading, *indicator.owner, indicator, id));
  }
  std::vector<Aggregate> parts;
  for (const std::size_t department : reading.catalogue.ReportersOf(index)) {
    parts.push_back(ReadSeries(reading, department, indicator, id));
  }
  return CombineParts(indicator, parts);
}

std::optional<TargetActual> ActualOf(const Reading& reading, const Target& target) {
  Reading at = reading;
  at.window = Window::k30d;
  const std::vector<Indicator>& indicators = reading.catalogue.data().indicators;
  std::size_t reported = target.indicator;
  Combined combined;
  if (target.department) {
    combined = DepartmentValue(at, *target.department, reported);
  } else {
    reported = indicators[reported].fed_by.value_or(reported);
    combined = ProvinceValue(at, target.indicator);
  }
  if (!combined.value) return std::nullopt;
  const bool windowed = IsWindowed(indicators[reported].kind);
  return TargetActual{*combined.value, windowed ? reading.now : combined.aggregate.time};
}

}  // namespace iocd::domain
