// What it costs to write pieces of the state down and to read them back.
//   build/release/tests/state_codec_benchmark

#include <benchmark/benchmark.h>

#include <random>
#include <string>

#include "base/limits.h"
#include "domain/series.h"
#include "engine/batch_id_history.h"
#include "engine/producer_histories.h"

namespace iocd {
namespace {

constexpr std::int64_t kStart = 1'714'780'800;

constexpr std::int64_t kTwelveYears = std::int64_t{12} * 365 * 86'400;

/// An event on every day of twelve years and in every bucket of every window.
domain::Series FullSeries(domain::Kind kind) {
  domain::Series series(kind);
  std::mt19937_64 random(1);
  for (std::int64_t time = kStart - kTwelveYears; time < kStart; time += 86'400) {
    domain::Event event;
    event.time = Timestamp::FromSeconds(time);
    event.second = event.first = 1;
    series.Apply(event, event.time);
  }
  for (const domain::Window window : domain::kAllWindows) {
    const domain::WindowSpec& spec = Spec(window);
    for (std::int64_t time = kStart - spec.length - 60; time <= kStart + 60; time += spec.bucket) {
      domain::Event event;
      event.time = Timestamp::FromSeconds(time);
      event.first = static_cast<double>(random() % 7'200) / 10;
      event.second = event.first + 1;
      series.Apply(event, event.time);
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
  Decode(state, FullSeries(kind), [](Reader& reader) { return domain::Series::Decode(reader); });
}

/// 64 producers with all the sequences that are remembered: the most that a department can have.
engine::ProducerHistories FullProducers() {
  engine::ProducerHistories producers;
  std::uint64_t position = 0;
  for (std::size_t sequence = 1; sequence <= limits::kRememberedSequences; ++sequence) {
    for (std::size_t i = 0; i < limits::kMaxProducersPerDepartment; ++i) {
      ++position;
      producers.Take("producer " + std::to_string(i), sequence,
                     {.content = {position, ~position}, .position = position});
    }
  }
  return producers;
}

void EncodeProducers(benchmark::State& state) { Encode(state, FullProducers()); }
void DecodeProducers(benchmark::State& state) {
  Decode(state, FullProducers(), &engine::ProducerHistories::Decode);
}

void FillBatchIds(engine::BatchIdHistory* history) {
  for (std::size_t i = 0; i < limits::kMaxBatchIdsPerDepartment; ++i) {
    history->Take("producer", std::to_string(i), Timestamp::FromSeconds(kStart),
                  {.content = {i, ~i}, .position = i});
  }
}

/// One chunk of 1 MiB of a million batch ids.
void EncodeBatchIdChunk(benchmark::State& state) {
  engine::BatchIdHistory history;
  FillBatchIds(&history);
  std::string bytes;
  for (auto _ : state) {
    bytes.clear();
    history.keys().EncodeChunk(500'000, 1 << 20, &bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
  CountBytes(state, bytes.size());
}

void DecodeBatchIds(benchmark::State& state) {
  engine::BatchIdHistory history;
  FillBatchIds(&history);
  std::string bytes;
  history.keys().EncodeChunk(0, std::size_t{1} << 30, &bytes);
  for (auto _ : state) {
    engine::BatchIdHistory loaded;
    Reader reader(bytes);
    benchmark::DoNotOptimize(loaded.keys().DecodeChunk(reader));
  }
  CountBytes(state, bytes.size());
}

BENCHMARK_CAPTURE(EncodeSeries, flow, domain::Kind::kFlow);
BENCHMARK_CAPTURE(EncodeSeries, ratio, domain::Kind::kRatio);
BENCHMARK_CAPTURE(EncodeSeries, duration, domain::Kind::kDuration);
BENCHMARK_CAPTURE(DecodeSeries, flow, domain::Kind::kFlow);
BENCHMARK_CAPTURE(DecodeSeries, ratio, domain::Kind::kRatio);
BENCHMARK_CAPTURE(DecodeSeries, duration, domain::Kind::kDuration);
BENCHMARK(EncodeProducers)->Unit(benchmark::kMillisecond);
BENCHMARK(DecodeProducers)->Unit(benchmark::kMillisecond);
BENCHMARK(EncodeBatchIdChunk)->Unit(benchmark::kMillisecond);
BENCHMARK(DecodeBatchIds)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace iocd

BENCHMARK_MAIN();
