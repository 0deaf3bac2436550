// What an event costs in the rolling windows and in the calendar periods, and what reading all of
// them costs.
//   build/release/tests/rolling_windows_benchmark

#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "domain/period_figures.h"
#include "domain/period_history.h"
#include "domain/rolling_windows.h"

namespace iocd::domain {
namespace {

constexpr std::int64_t kStart = 1'714'780'800;

/// Events of the last minute with values of 0..720 (hours, counts), as a live feed sends them.
std::vector<Event> LiveEvents() {
  std::mt19937_64 random(1);
  std::vector<Event> events(1 << 16);
  for (Event& event : events) {
    event.time = Timestamp::FromSeconds(kStart + static_cast<std::int64_t>(random() % 60));
    event.first = static_cast<double>(random() % 7'200) / 10;
    event.second = event.first + 1;
  }
  return events;
}

std::vector<RollingWindows> ManySeries(Kind kind, std::size_t count) {
  std::vector<RollingWindows> series;
  series.reserve(count);
  for (std::size_t i = 0; i < count; ++i) series.emplace_back(kind);
  return series;
}

/// An event in every bucket of every window.
RollingWindows FullSeries(Kind kind, int events_per_bucket) {
  RollingWindows windows(kind);
  std::mt19937_64 random(1);
  for (const Window window : kAllWindows) {
    const WindowSpec& spec = Spec(window);
    for (std::int64_t time = kStart - spec.length; time <= kStart + 60; time += spec.bucket) {
      for (int i = 0; i < events_per_bucket; ++i) {
        Event event;
        event.time = Timestamp::FromSeconds(time);
        event.first = static_cast<double>(random() % 7'200) / 10;
        event.second = event.first + 1;
        windows.Add(event);
      }
    }
  }
  return windows;
}

/// Round robin over the series, as `iocsim load` sends.
void Add(benchmark::State& state, Kind kind) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::vector<Event> events = LiveEvents();
  std::vector<RollingWindows> series = ManySeries(kind, count);
  for (std::size_t i = 0; i < 4 * count; ++i) series[i % count].Add(events[i % events.size()]);
  std::size_t next = 0, event = 0;
  for (auto _ : state) {
    series[next].Add(events[event]);
    if (++next == count) next = 0;
    if (++event == events.size()) event = 0;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void ApplyToPeriods(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::vector<Event> events = LiveEvents();
  std::vector<PeriodHistory> series(count, PeriodHistory(Kind::kFlow));
  std::size_t next = 0, event = 0;
  for (auto _ : state) {
    series[next].Apply(events[event], events[event].time);
    if (++next == count) next = 0;
    if (++event == events.size()) event = 0;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

/// The twelve that are shown, of a series with an event on each day.
void ReadShownPeriods(benchmark::State& state) {
  PeriodHistory history(Kind::kFlow);
  for (std::int64_t day = 800; day >= 0; --day) {
    Event event;
    event.time = Timestamp::FromSeconds(kStart) - Duration::Days(day);
    history.Apply(event, event.time);
  }
  const auto shown = ShownPeriodsAt(Timestamp::FromSeconds(kStart), CalendarKind::kCivil);
  for (auto _ : state) {
    for (const ShownPeriod& one : shown) benchmark::DoNotOptimize(history.In(one.period));
  }
}

void ReadAllWindows(benchmark::State& state, Kind kind) {
  const RollingWindows windows = FullSeries(kind, static_cast<int>(state.range(0)));
  for (auto _ : state) {
    for (const Window window : kAllWindows) {
      benchmark::DoNotOptimize(windows.Read(window, Timestamp::FromSeconds(kStart)));
    }
  }
  state.counters["bytes"] = static_cast<double>(windows.HeapBytes());
}

BENCHMARK_CAPTURE(Add, flow, Kind::kFlow)->Arg(380)->Arg(100'000);
BENCHMARK_CAPTURE(Add, ratio, Kind::kRatio)->Arg(380)->Arg(100'000);
BENCHMARK_CAPTURE(Add, duration, Kind::kDuration)->Arg(380)->Arg(100'000);
BENCHMARK(ApplyToPeriods)->Arg(380)->Arg(100'000);
BENCHMARK(ReadShownPeriods);
BENCHMARK_CAPTURE(ReadAllWindows, flow, Kind::kFlow)->Arg(1);
BENCHMARK_CAPTURE(ReadAllWindows, ratio, Kind::kRatio)->Arg(1);
BENCHMARK_CAPTURE(ReadAllWindows, duration, Kind::kDuration)->Arg(1)->Arg(20);

}  // namespace
}  // namespace iocd::domain

BENCHMARK_MAIN();
