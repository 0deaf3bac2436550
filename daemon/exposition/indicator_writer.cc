#include "exposition/indicator_writer.h"

#include <string>

#include "exposition/indicator_figures.h"
#include "exposition/sample_line.h"

namespace iocd::exposition {
namespace {

using domain::Kind;

const std::string& WindowLabel(Kind kind, std::size_t shown) {
  static const std::array<std::string, domain::kWindowCount + 1> kLabels = [] {
    std::array<std::string, domain::kWindowCount + 1> labels;
    for (std::size_t i = 0; i < domain::kWindowCount; ++i) {
      labels[i] = ",";
      AppendLabel("window", domain::kWindowSpecs[i].name, &labels[i]);
    }
    labels.back() = ",";
    AppendLabel("window", domain::kLatestWindowName, &labels.back());
    return labels;
  }();
  return domain::IsWindowed(kind) ? kLabels[shown] : kLabels.back();
}

const std::string& QuantileLabel(std::size_t shown) {
  static const std::array<std::string, domain::kShownQuantiles.size()> kLabels = [] {
    std::array<std::string, domain::kShownQuantiles.size()> labels;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      std::string number;
      AppendNumber(domain::kShownQuantiles[i], &number);
      labels[i] = ",";
      AppendLabel("q", number, &labels[i]);
    }
    return labels;
  }();
  return kLabels[shown];
}

void AppendQuantiles(Family family, const Figure& figure, FamilyBuffers* out,
                     const std::string& labels, const std::string& window) {
  for (std::size_t i = 0; i < figure.quantiles.size(); ++i) {
    AppendSample(family, figure.quantiles[i], out, labels, window, QuantileLabel(i));
  }
}

void AppendDepartment(Kind kind, const Figure* figures, const std::string& labels,
                      FamilyBuffers* out) {
  for (std::size_t i = 0; i < domain::ShownWindows(kind).size(); ++i) {
    const Figure& figure = figures[i];
    if (figure.events == 0) continue;
    const std::string& window = WindowLabel(kind, i);
    if (figure.value) AppendSample(Family::kIndicatorValue, *figure.value, out, labels, window);
    if (domain::IsWindowed(kind)) {
      const auto events = static_cast<double>(figure.events);
      AppendSample(Family::kIndicatorEvents, events, out, labels, window);
    }
    if (kind == Kind::kDuration) {
      AppendSample(Family::kIndicatorMin, figure.min, out, labels, window);
      AppendSample(Family::kIndicatorMax, figure.max, out, labels, window);
      AppendQuantiles(Family::kIndicatorQuantile, figure, out, labels, window);
    }
  }
}

void AppendProvince(Kind kind, const std::vector<Figure>& figures, const std::string& labels,
                    FamilyBuffers* out) {
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    if (figure.events == 0) continue;
    const std::string& window = WindowLabel(kind, i);
    if (figure.value) AppendSample(Family::kProvinceValue, *figure.value, out, labels, window);
    AppendSample(Family::kProvinceMembersRatio, figure.members_ratio, out, labels, window);
    if (kind == Kind::kDuration) {
      AppendQuantiles(Family::kProvinceQuantile, figure, out, labels, window);
    }
  }
}

void AppendMember(Kind kind, const Figure* figures, const std::string& member,
                  const std::string& indicator, FamilyBuffers* out) {
  for (std::size_t i = 0; i < domain::ShownWindows(kind).size(); ++i) {
    if (!figures[i].value) continue;
    AppendSample(Family::kMemberValue, *figures[i].value, out, member, indicator,
                 WindowLabel(kind, i));
  }
}

void AppendIndicator(const LabelTexts& labels, std::size_t index, const IndicatorFigures& figures,
                     FamilyBuffers* out) {
  const domain::Catalogue& catalogue = *labels.catalogue;
  const domain::Indicator& indicator = catalogue.data().indicators[index];
  const std::string indicator_label = "," + labels.indicators[index];
  const std::size_t windows = domain::ShownWindows(indicator.kind).size();

  const std::vector<std::size_t>& reporters = catalogue.ReportersOf(index);
  std::string department_labels;
  for (std::size_t i = 0; i < reporters.size(); ++i) {
    department_labels = labels.departments[reporters[i]];
    department_labels.append(indicator_label);
    AppendDepartment(indicator.kind, &figures.departments[i * windows], department_labels, out);
    if (figures.last_event[i]) {
      AppendSample(Family::kIndicatorLastEvent, figures.last_event[i]->ToSeconds(), out,
                   department_labels);
    }
  }
  AppendProvince(domain::SentIndicator(catalogue, indicator).kind, figures.province,
                 labels.indicators[index], out);
  for (std::size_t i = 0; i * windows < figures.members.size(); ++i) {
    AppendMember(indicator.kind, &figures.members[i * windows],
                 labels.members[*indicator.member_set][i], indicator_label, out);
  }
}

}  // namespace

void AppendIndicators(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                      FamilyBuffers* out) {
  const domain::Catalogue& catalogue = *labels.catalogue;
  IndicatorFigures figures;
  for (std::size_t i = 0; i < catalogue.data().indicators.size(); ++i) {
    engine.Read([&](const engine::State& state) {
      figures.ReadFrom(domain::Reading{catalogue, state, now}, i);
    });
    AppendIndicator(labels, i, figures, out);
  }
}

}  // namespace iocd::exposition
