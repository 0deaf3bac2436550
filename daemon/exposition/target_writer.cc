#include "exposition/target_writer.h"

#include "domain/scorecard.h"
#include "exposition/sample_line.h"

namespace iocd::exposition {
namespace {

void AppendIfKnown(Family family, const std::optional<double>& value, const std::string& labels,
                   FamilyBuffers* out) {
  if (value) AppendSample(family, *value, out, labels);
}

void AppendStatus(domain::TargetStatus status, const std::string& labels, FamilyBuffers* out) {
  std::string status_label;
  for (std::size_t i = 0; i < domain::kTargetStatusCount; ++i) {
    const auto one = static_cast<domain::TargetStatus>(i);
    status_label = ",";
    AppendLabel("status", domain::TargetStatusName(one), &status_label);
    AppendSample(Family::kTargetStatus, one == status ? 1 : 0, out, labels, status_label);
  }
}

void AppendTarget(const domain::TargetRow& row, const std::string& labels, FamilyBuffers* out) {
  const domain::TargetTerms& terms = row.target->terms;
  AppendSample(Family::kTargetValue, terms.value, out, labels);
  if (row.actual) AppendSample(Family::kTargetActual, row.actual->value, out, labels);
  AppendIfKnown(Family::kTargetExpected, row.assessment.expected, labels, out);
  AppendIfKnown(Family::kTargetShortfall, row.assessment.shortfall, labels, out);
  AppendIfKnown(Family::kTargetPaceRatio, row.assessment.pace, labels, out);
  AppendIfKnown(Family::kTargetForecast, row.assessment.forecast, labels, out);
  if (terms.deadline) {
    AppendSample(Family::kTargetDeadline, terms.deadline->Start().ToSeconds(), out, labels);
  }
  AppendStatus(row.assessment.status, labels, out);
}

}  // namespace

void AppendTargets(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                   FamilyBuffers* out) {
  const domain::Catalogue& catalogue = *labels.catalogue;
  const std::vector<std::size_t>& in_force = catalogue.TargetsInForce();
  for (std::size_t i = 0; i < in_force.size(); ++i) {
    const domain::Target& target = catalogue.data().targets[in_force[i]];
    domain::TargetRow row;
    engine.Read([&](const engine::State& state) {
      row = domain::AssessTarget(domain::Reading{catalogue, state, now}, target);
    });
    AppendTarget(row, labels.targets[i], out);
  }
}

}  // namespace iocd::exposition
