// What one answer to GET /metrics costs, with every window of every series full of values:
//   build/release/tests/exposition_benchmark
// The argument is the number of departments; lines and bytes of the page are counters. Of ten
// indicators seven are flows, two ratios and one a duration.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exposition/gzip.h"
#include "exposition/metrics_page.h"
#include "support/engine_harness.h"

namespace iocd::exposition {
namespace {

constexpr Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);
constexpr int kIndicators = 10;
constexpr int kEventsOfASeries = 20;

domain::Kind KindOf(int indicator) {
  if (indicator < 7) return domain::Kind::kFlow;
  return indicator < 9 ? domain::Kind::kRatio : domain::Kind::kDuration;
}

domain::CatalogueData Catalogue(int departments) {
  domain::CatalogueData data;
  for (int i = 0; i < departments; ++i) {
    domain::Department department;
    department.code = i == 0 ? "a" : absl::StrCat("department_", i);
    department.kind = "so";
    data.departments.push_back(department);
  }
  for (int i = 0; i < kIndicators; ++i) {
    domain::Indicator indicator;
    indicator.code = absl::StrCat("indicator_of_some_length_", i);
    indicator.kind = KindOf(i);
    indicator.reporters = domain::Reporters::kAll;
    data.indicators.push_back(indicator);
  }
  return data;
}

// Some events for each series of a department, spread over the last minute.
std::vector<domain::Event> EventsOf(testing::EngineHarness& harness,
                                    const std::string& department) {
  std::vector<domain::Event> events;
  for (int i = 0; i < kIndicators; ++i) {
    for (int n = 0; n < kEventsOfASeries; ++n) {
      domain::Event event = harness.Event(department, absl::StrCat("indicator_of_some_length_", i),
                                          kNow - Duration::Seconds(3 * n), 1 + 0.37 * n);
      event.has_second = KindOf(i) == domain::Kind::kRatio;
      event.second = event.has_second ? 11 + n : 0;
      events.push_back(event);
    }
  }
  return events;
}

struct Filled {
  explicit Filled(int departments) : harness(Catalogue(departments)) {
    if (!harness.Start().ok()) std::abort();
    eventlog::Sequence sequence = 0;
    for (const domain::Department& department : harness.catalogue().data().departments) {
      const auto batch =
          harness.MakeBatch("p", ++sequence, EventsOf(harness, department.code), kNow);
      if (!harness.Push(batch).ok()) std::abort();
    }
  }
  testing::EngineHarness harness;
  DaemonMetrics metrics;
};

void RenderPage(benchmark::State& state) {
  Filled filled(static_cast<int>(state.range(0)));
  const MetricsPage page(filled.harness.engine(), filled.metrics);
  std::string text;
  for (auto _ : state) text = page.Render(Format::kPrometheusText, kNow);
  state.counters["lines"] = static_cast<double>(std::count(text.begin(), text.end(), '\n'));
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(RenderPage)->Arg(38)->Arg(470)->Unit(benchmark::kMillisecond);

void CompressPage(benchmark::State& state) {
  Filled filled(static_cast<int>(state.range(0)));
  const std::string text =
      MetricsPage(filled.harness.engine(), filled.metrics).Render(Format::kPrometheusText, kNow);
  std::string compressed;
  for (auto _ : state) compressed = Gzip(text);
  state.counters["bytes"] = static_cast<double>(compressed.size());
}
BENCHMARK(CompressPage)->Arg(470)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace iocd::exposition
