// What it costs to write pieces of the state down and to read them back.
//   build/release/tests/state_codec_benchmark

#include <benchmark/benchmark.h>

#include <random>
#include <string>

#include "domain/series.h"

namespace iocd {
namespace {

constexpr std::int64_t kStart = 1'714'780'800;

/// An event in every bucket of every window.
domain::Series FullSeries(domain::Kind kind) {
  domain::Series series(kind);
  std::mt19937_64 random(1);
  for (const domain::Window window : domain::kAllWindows) {
    const domain::WindowSpec& spec = Spec(window);
    for (std::int64_t time = kStart - spec.length - 60; time <= kStart + 60; time += spec.bucket) {
      domain::Event event;
      event.time = Timestamp::FromSeconds(time);
      event.first = static_cast<double>(random() % 7'200) / 10;
      event.second = event.first + 1;
      series.Apply(event);
    }
  }
  return series;
}

void CountBytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.counters["bytes"] = static_cast<double>(bytes);
}

/// Appends `thing` again and again to a buffer that already has its size, as a snapshot does.
template <typename Thing>
void Encode(benchmark::State& state, const Thing& thing) {
  std::string bytes;
  for (auto _ : state) {
    bytes.clear();
    thing.EncodeTo(&bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
  CountBytes(state, bytes.size());
}

template <typename Thing, typename DecodeOne>
void Decode(benchmark::State& state, const Thing& thing, DecodeOne decode) {
  std::string bytes;
  thing.EncodeTo(&bytes);
  for (auto _ : state) {
    Reader reader(bytes);
    benchmark::DoNotOptimize(decode(reader));
  }
  CountBytes(state, bytes.size());
}

void EncodeSeries(benchmark::State& state, domain::Kind kind) { Encode(state, FullSeries(kind)); }
void DecodeSeries(benchmark::State& state, domain::Kind kind) {
  Decode(state, FullSeries(kind), &domain::Series::Decode);
}

BENCHMARK_CAPTURE(EncodeSeries, flow, domain::Kind::kFlow);
BENCHMARK_CAPTURE(EncodeSeries, ratio, domain::Kind::kRatio);
BENCHMARK_CAPTURE(EncodeSeries, duration, domain::Kind::kDuration);
BENCHMARK_CAPTURE(DecodeSeries, flow, domain::Kind::kFlow);
BENCHMARK_CAPTURE(DecodeSeries, ratio, domain::Kind::kRatio);
BENCHMARK_CAPTURE(DecodeSeries, duration, domain::Kind::kDuration);

}  // namespace
}  // namespace iocd

BENCHMARK_MAIN();
