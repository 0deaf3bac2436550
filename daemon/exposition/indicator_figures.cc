#include "exposition/indicator_figures.h"

#include <utility>

#include "domain/last_event.h"

namespace iocd::exposition {
namespace {

using domain::Combined;
using domain::Kind;
using domain::Reading;
using domain::Window;

Figure FigureOf(Kind kind, const Combined& combined) {
  Figure figure;
  figure.events = combined.aggregate.events;
  figure.value = combined.value;
  figure.members_ratio = combined.MembersRatio();
  if (kind == Kind::kDuration && combined.aggregate.HasValue()) {
    figure.min = combined.aggregate.min;
    figure.max = combined.aggregate.max;
    for (std::size_t i = 0; i < figure.quantiles.size(); ++i) {
      const double q = domain::kShownQuantiles[i];
      figure.quantiles[i] = combined.aggregate.sketch.Quantile(q).value_or(0);
    }
  }
  return figure;
}

Reading In(const Reading& reading, Window window) {
  return {reading.catalogue, reading.source, reading.now, window};
}

}  // namespace

void IndicatorFigures::ReadFrom(const Reading& reading, std::size_t indicator) {
  departments.clear();
  members.clear();
  province.clear();
  last_event.clear();
  for (std::vector<domain::Aggregate>& of_window : reported_) of_window.clear();

  ReadDepartments(reading, indicator);
  ReadProvince(reading, indicator);
  ReadMembers(reading, indicator);
}

void IndicatorFigures::ReadDepartments(const Reading& reading, std::size_t index) {
  const Kind kind = reading.catalogue.data().indicators[index].kind;
  for (const std::size_t department : reading.catalogue.ReportersOf(index)) {
    last_event.push_back(domain::LastEventTime(reading, department, index));
    std::size_t shown = 0;
    for (const Window window : domain::ShownWindows(kind)) {
      Combined value = domain::DepartmentValue(In(reading, window), department, index);
      departments.push_back(FigureOf(kind, value));
      reported_[shown++].push_back(std::move(value.aggregate));
    }
  }
}

void IndicatorFigures::ReadProvince(const Reading& reading, std::size_t index) {
  const domain::Indicator& indicator = reading.catalogue.data().indicators[index];
  const Kind kind = domain::SentIndicator(reading.catalogue, indicator).kind;
  const bool combined = domain::CombinesReporters(indicator);
  std::size_t shown = 0;
  for (const Window window : domain::ShownWindows(kind)) {
    const Combined value =
        combined ? domain::CombineReporters(In(reading, window), index, reported_[shown++])
                 : domain::ProvinceValue(In(reading, window), index);
    province.push_back(FigureOf(kind, value));
  }
}

void IndicatorFigures::ReadMembers(const Reading& reading, std::size_t index) {
  const domain::Indicator& indicator = reading.catalogue.data().indicators[index];
  const domain::MemberSet* set = reading.catalogue.MembersOf(indicator);
  const std::size_t member_count = set == nullptr ? 0 : set->members.size();
  for (std::size_t member = 0; member < member_count; ++member) {
    for (const Window window : domain::ShownWindows(indicator.kind)) {
      const Combined value = domain::MemberValue(In(reading, window), index, member);
      members.push_back(FigureOf(indicator.kind, value));
    }
  }
}

}  // namespace iocd::exposition
