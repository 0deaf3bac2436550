#include "standing/standing.h"

#include <utility>

#include "domain/shown_windows.h"

namespace iocd::standing {
namespace {

using domain::Combined;
using domain::Reading;

IndicatorValue ValueOf(std::size_t indicator, std::optional<std::size_t> department,
                       domain::Kind kind, const Combined& combined) {
  IndicatorValue out;
  out.indicator = indicator;
  out.department = department;
  out.value = combined.value;
  if (combined.value && !domain::IsWindowed(kind)) out.time = combined.aggregate.time;
  out.members_ratio = combined.MembersRatio();
  return out;
}

/// The province's value and those of its reporters, whose series are read once.
void AddIndicator(const Reading& reading, std::size_t index, std::vector<IndicatorValue>* out) {
  const domain::Indicator& indicator = reading.catalogue.data().indicators[index];
  const std::size_t place = out->size();
  out->emplace_back();
  std::vector<domain::Aggregate> reported;
  for (const std::size_t department : reading.catalogue.ReportersOf(index)) {
    Combined value = domain::DepartmentValue(reading, department, index);
    out->push_back(ValueOf(index, department, indicator.kind, value));
    reported.push_back(std::move(value.aggregate));
  }
  const bool combined = domain::CombinesReporters(indicator);
  (*out)[place] =
      ValueOf(index, std::nullopt, domain::SentIndicator(reading.catalogue, indicator).kind,
              combined ? domain::CombineReporters(reading, index, reported)
                       : domain::ProvinceValue(reading, index));
}

}  // namespace

Standing TakeStanding(const engine::Engine& engine, Timestamp now) {
  Standing standing;
  standing.catalogue = engine.catalogue();
  standing.now = now;
  const domain::Catalogue& catalogue = *standing.catalogue;
  const domain::CatalogueData& data = catalogue.data();
  for (const std::size_t index : catalogue.TargetsInForce()) {
    engine.Read([&](const engine::State& state) {
      standing.targets.push_back(
          domain::AssessTarget(Reading{catalogue, state, now}, data.targets[index]));
    });
  }
  for (std::size_t index = 0; index < data.indicators.size(); ++index) {
    engine.Read([&](const engine::State& state) {
      AddIndicator(Reading{catalogue, state, now}, index, &standing.indicators);
    });
  }
  for (std::size_t index = 0; index < data.departments.size(); ++index) {
    engine.Read([&](const engine::State& state) {
      standing.departments.push_back(domain::ReportsOf(Reading{catalogue, state, now}, index));
    });
  }
  return standing;
}

}  // namespace iocd::standing
