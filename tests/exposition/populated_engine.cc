#include "exposition/populated_engine.h"

#include <gtest/gtest.h>

#include <vector>

namespace iocd::testing {
namespace {

std::size_t IndexOf(const domain::CatalogueData& data, absl::string_view indicator) {
  std::size_t index = 0;
  while (data.indicators[index].code != indicator) ++index;
  return index;
}

domain::Target CoverageTarget(const domain::CatalogueData& data) {
  domain::Target target;
  target.indicator = IndexOf(data, "coverage");
  target.deadline_text = "2025";
  target.terms.value = 0.8;
  target.terms.deadline = domain::CivilDate::FromYearMonthDay(2026, 1, 1);
  target.terms.baseline = 0.4;
  target.terms.baseline_date = domain::CivilDate::FromYearMonthDay(2023, 1, 1);
  target.terms.tolerance = 0.0005;
  target.document = "Decision 1";
  return target;
}

domain::Target FlowTarget(const domain::CatalogueData& data) {
  domain::Target target;
  target.department = 0;
  target.indicator = IndexOf(data, "flow");
  target.deadline_text = "none";
  target.terms.value = 100;
  return target;
}

}  // namespace

domain::CatalogueData CatalogueWithTargets() {
  domain::CatalogueData data = TestCatalogueData();
  data.targets.push_back(CoverageTarget(data));
  data.targets.push_back(FlowTarget(data));
  return data;
}

PopulatedEngine::PopulatedEngine() : harness_(CatalogueWithTargets()) {
  EXPECT_TRUE(harness_.Start().ok());
  std::vector<domain::Event> events;
  const auto add = [&](const std::string& department, const std::string& indicator, double first,
                       double second, Duration age) -> domain::Event& {
    domain::Event event = harness_.Event(department, indicator, kNow - age, first);
    event.second = second;
    event.has_second = second != 0;
    return events.emplace_back(event);
  };
  const Duration now{};
  add("a", "flow", 3, 0, now);
  add("a", "flow", 4, 0, now);
  add("a", "ratio", 1, 4, now);
  for (const double hours : {0.0, 10.0, 20.0}) add("a", "duration", hours, 0, now);
  add("a", "stock", 5, 0, now).series = harness_.Key("a", "stock", "north");
  add("a", "coverage", 6, 10, now);
  add("a", "score", 4.5, 2, now);
  add("b", "flow", 5, 0, Duration::Seconds(7'200));
  add("b", "coverage", 3, 10, now);
  EXPECT_TRUE(harness_.Push(harness_.MakeBatch("test", eventlog::Sequence{1}, events, kNow)).ok());
}

std::string PopulatedEngine::Page(exposition::Format format, Timestamp now) {
  return exposition::MetricsPage(harness_.engine(), metrics_).Render(format, now);
}

}  // namespace iocd::testing
