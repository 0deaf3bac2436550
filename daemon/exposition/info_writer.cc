#include "exposition/info_writer.h"

#include <vector>

#include "exposition/sample_line.h"

namespace iocd::exposition {
namespace {

void AppendMoreLabel(absl::string_view name, absl::string_view value, std::string* out) {
  out->push_back(',');
  AppendLabel(name, value, out);
}

}  // namespace

void AppendDepartments(const engine::Engine& engine, const LabelTexts& labels, FamilyBuffers* out) {
  const std::vector<domain::Department>& departments = labels.catalogue->data().departments;
  std::vector<engine::DepartmentActivity> activities;
  activities.reserve(departments.size());
  engine.Read([&](const engine::State& state) {
    for (const domain::Department& department : departments) {
      activities.push_back(state.ActivityOf(department.id));
    }
  });

  for (std::size_t i = 0; i < departments.size(); ++i) {
    const std::string& label = labels.departments[i];
    std::string info = label;
    AppendMoreLabel("name_vi", departments[i].name_vi, &info);
    AppendMoreLabel("name_en", departments[i].name_en, &info);
    AppendMoreLabel("kind", departments[i].kind, &info);
    AppendSample(Family::kDepartmentInfo, 1, out, info);
    AppendSample(Family::kDepartmentSimulated, activities[i].simulated ? 1 : 0, out, label);
    if (activities[i].last_seen) {
      AppendSample(Family::kDepartmentLastSeen, activities[i].last_seen->ToSeconds(), out, label);
    }
  }
}

void AppendIndicatorInfo(const LabelTexts& labels, FamilyBuffers* out) {
  const std::vector<domain::Indicator>& indicators = labels.catalogue->data().indicators;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    std::string info = labels.indicators[i];
    AppendMoreLabel("name_vi", indicators[i].name_vi, &info);
    AppendMoreLabel("name_en", indicators[i].name_en, &info);
    AppendMoreLabel("kind", domain::KindName(indicators[i].kind), &info);
    AppendMoreLabel("unit", indicators[i].unit, &info);
    AppendMoreLabel("direction", domain::DirectionName(indicators[i].direction), &info);
    AppendSample(Family::kIndicatorInfo, 1, out, info);
    std::string cadence = labels.indicators[i];
    AppendMoreLabel("cadence", domain::CadenceName(indicators[i].cadence), &cadence);
    AppendSample(Family::kIndicatorCadence, 1, out, cadence);
  }
}

}  // namespace iocd::exposition
