#include "exposition/report_writer.h"

#include <array>
#include <string>

#include "domain/civil_date.h"
#include "domain/reports.h"
#include "exposition/sample_line.h"

namespace iocd::exposition {
namespace {

using domain::Freshness;

constexpr std::array kStates = {Freshness::kFresh, Freshness::kDue, Freshness::kLate,
                                Freshness::kMissing, Freshness::kWaived};

const std::string& StateLabel(std::size_t state) {
  static const std::array<std::string, kStates.size()> kLabels = [] {
    std::array<std::string, kStates.size()> labels;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      labels[i] = ",";
      AppendLabel("state", domain::FreshnessName(kStates[i]), &labels[i]);
    }
    return labels;
  }();
  return kLabels[state];
}

void AppendState(const domain::Report& report, const LabelTexts& labels, FamilyBuffers* out) {
  static const std::string kComma = ",";
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    AppendSample(Family::kReportState, kStates[i] == report.freshness ? 1 : 0, out,
                 labels.departments[report.department], kComma, labels.indicators[report.indicator],
                 StateLabel(i));
  }
}

}  // namespace

void AppendReports(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                   FamilyBuffers* out) {
  const domain::Catalogue& catalogue = *labels.catalogue;
  const domain::CivilDate today = domain::CivilDate::Containing(now);
  const std::vector<domain::Department>& departments = catalogue.data().departments;
  for (std::size_t i = 0; i < departments.size(); ++i) {
    if (!departments[i].ExistsOn(today)) continue;
    domain::DepartmentReports reports;
    engine.Read([&](const engine::State& state) {
      reports = domain::ReportsOf(domain::Reading{catalogue, state, now}, i);
    });
    for (const domain::Report& report : reports.present) AppendState(report, labels, out);
    const domain::Punctuality& punctuality = reports.punctuality;
    const std::string& label = labels.departments[i];
    if (departments[i].counts) {
      AppendSample(Family::kDepartmentCompleteness, punctuality.Completeness(), out, label);
    }
    if (const auto ratio = punctuality.OnTimeRatio()) {
      AppendSample(Family::kDepartmentOnTime, *ratio, out, label);
    }
    AppendSample(Family::kDepartmentLate, static_cast<double>(punctuality.late), out, label);
  }
}

}  // namespace iocd::exposition
