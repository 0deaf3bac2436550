#include "exposition/indicator_figures.h"

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

// Appends the figures of all shown windows. `read` gives the combined value for a reading.
template <typename Read>
void AppendWindows(const Reading& reading, Kind kind, std::vector<Figure>* out, const Read& read) {
  for (const Window window : domain::ShownWindows(kind)) {
    const Reading in_window{reading.catalogue, reading.source, reading.now, window};
    out->push_back(FigureOf(kind, read(in_window)));
  }
}

}  // namespace

void IndicatorFigures::ReadFrom(const Reading& reading, std::size_t index) {
  departments.clear();
  members.clear();
  province.clear();
  last_event.clear();

  const domain::Indicator& indicator = reading.catalogue.data().indicators[index];
  for (const std::size_t department : reading.catalogue.ReportersOf(index)) {
    last_event.push_back(domain::LastEventTime(reading, department, index));
    AppendWindows(reading, indicator.kind, &departments, [&](const Reading& in_window) {
      return domain::DepartmentValue(in_window, department, index);
    });
  }
  AppendWindows(reading, domain::SentIndicator(reading.catalogue, indicator).kind, &province,
                [&](const Reading& in_window) { return domain::ProvinceValue(in_window, index); });

  const domain::MemberSet* set = reading.catalogue.MembersOf(indicator);
  const std::size_t member_count = set == nullptr ? 0 : set->members.size();
  for (std::size_t member = 0; member < member_count; ++member) {
    AppendWindows(reading, indicator.kind, &members, [&](const Reading& in_window) {
      return domain::MemberValue(in_window, index, member);
    });
  }
}

}  // namespace iocd::exposition
