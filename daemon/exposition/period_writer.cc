#include "exposition/period_writer.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/period_figures.h"
#include "domain/rollup.h"
#include "domain/shown_windows.h"
#include "exposition/sample_line.h"

namespace iocd::exposition {
namespace {

using domain::kShownPeriodCount;
using ShownPeriods = std::array<domain::ShownPeriod, kShownPeriodCount>;
using Values = std::array<std::optional<double>, kShownPeriodCount>;

/// Everything that is shown of one indicator, copied out of the state in one go. Reused for its
/// memory.
struct Figures {
  ShownPeriods periods;
  Values province;
  std::vector<Values> departments;            // by place in ReportersOf(indicator)
  std::vector<domain::Aggregate> aggregates;  // of the departments, in one period
};

/// `,period="month",which="last"`, by place in ShownPeriodsAt().
const std::string& PeriodLabels(std::size_t shown) {
  static const std::array<std::string, kShownPeriodCount> kLabels = [] {
    std::array<std::string, kShownPeriodCount> labels;
    const ShownPeriods periods = domain::ShownPeriodsAt({}, domain::CalendarKind::kCivil);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      labels[i] = ",";
      AppendLabel("period", domain::PeriodKindName(periods[i].period.kind), &labels[i]);
      labels[i].push_back(',');
      AppendLabel("which", domain::WhichPeriodName(periods[i].which), &labels[i]);
    }
    return labels;
  }();
  return kLabels[shown];
}

void ReadFigures(domain::Reading reading, std::size_t index, Figures* figures) {
  const domain::Catalogue& catalogue = reading.catalogue;
  const domain::Indicator& indicator = catalogue.data().indicators[index];
  const std::vector<std::size_t>& reporters = catalogue.ReportersOf(index);
  const bool combined = domain::CombinesReporters(indicator);
  figures->periods =
      domain::ShownPeriodsAt(reading.now, domain::SentIndicator(catalogue, indicator).calendar);
  figures->departments.resize(reporters.size());
  for (std::size_t shown = 0; shown < kShownPeriodCount; ++shown) {
    reading.period = figures->periods[shown].period;
    figures->aggregates.clear();
    for (std::size_t i = 0; i < reporters.size(); ++i) {
      domain::Combined value = domain::DepartmentValue(reading, reporters[i], index);
      figures->departments[i][shown] = value.value;
      figures->aggregates.push_back(std::move(value.aggregate));
    }
    figures->province[shown] =
        combined ? domain::CombineReporters(reading, index, figures->aggregates).value
                 : domain::ProvinceValue(reading, index).value;
  }
}

void AppendScope(const Values& values, const std::string& scope, const std::string& indicator,
                 FamilyBuffers* out) {
  for (std::size_t shown = 0; shown < kShownPeriodCount; ++shown) {
    if (!values[shown]) continue;
    AppendSample(Family::kPeriodValue, *values[shown], out, scope, indicator, PeriodLabels(shown));
  }
}

}  // namespace

void AppendPeriods(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                   FamilyBuffers* out) {
  const domain::Catalogue& catalogue = *labels.catalogue;
  Figures figures;
  std::string indicator_label;
  for (std::size_t i = 0; i < catalogue.data().indicators.size(); ++i) {
    engine.Read([&](const engine::State& state) {
      ReadFigures(domain::Reading{catalogue, state, now}, i, &figures);
    });
    indicator_label = "," + labels.indicators[i];
    AppendScope(figures.province, labels.province_scope, indicator_label, out);
    const std::vector<std::size_t>& reporters = catalogue.ReportersOf(i);
    for (std::size_t r = 0; r < reporters.size(); ++r) {
      AppendScope(figures.departments[r], labels.scopes[reporters[r]], indicator_label, out);
    }
  }
}

}  // namespace iocd::exposition
