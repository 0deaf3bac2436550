// What it costs to turn a pushed batch into a log record: decoding, admission, encoding. Beside it
// the parse that a generated class would need before the same work could begin.
#include <benchmark/benchmark.h>
#include <google/protobuf/arena.h>

#include <string>

#include "absl/strings/str_format.h"
#include "ioc/v1/ingest.pb.h"
#include "support/test_catalogue.h"
#include "wire/decode_push.h"
#include "wire/push_request_view.h"

namespace iocd {
namespace {

constexpr Timestamp kNow = Timestamp::FromSeconds(1'732'000'000);
constexpr int kEvents = 1'000;

/// 70% flow, 20% ratio, 10% duration, round robin over three departments, with references of 16
/// characters.
std::string Batch() {
  ioc::v1::PushRequest request;
  request.set_department("a");
  request.set_producer("load");
  request.set_sequence(1);
  const char* departments[] = {"", "b", "c"};
  for (int i = 0; i < kEvents; ++i) {
    ioc::v1::Event* event = request.add_events();
    event->set_department(departments[i % 3]);
    event->mutable_event_time()->set_seconds(kNow.nanos / 1'000'000'000 - i % 60);
    event->mutable_event_time()->set_nanos(i * 1'000);
    event->set_reference(absl::StrFormat("HS-2024-%08d", i));
    if (i % 10 < 7) {
      event->set_indicator("flow");
      event->set_value(1);
    } else if (i % 10 < 9) {
      event->set_indicator("ratio");
      event->mutable_ratio()->set_numerator(i % 7);
      event->mutable_ratio()->set_denominator(8);
    } else {
      event->set_indicator("duration");
      event->set_value(i * 0.25);
    }
  }
  return request.SerializeAsString();
}

void CountEvents(benchmark::State& state, const std::string& bytes) {
  state.SetItemsProcessed(state.iterations() * kEvents);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void DecodePush(benchmark::State& state) {
  const std::string bytes = Batch();
  const domain::Catalogue catalogue = testing::TestCatalogue();
  wire::PushHead head;
  for (auto _ : state) {
    auto batch = wire::DecodePush(bytes, {catalogue, kNow}, &head);
    if (!batch.ok() || batch->accepted != kEvents) state.SkipWithError("not all were accepted");
    benchmark::DoNotOptimize(batch);
  }
  CountEvents(state, bytes);
}
BENCHMARK(DecodePush);

void ReadEventsOnly(benchmark::State& state) {
  const std::string bytes = Batch();
  for (auto _ : state) {
    const auto view = wire::PushRequestView::Parse(bytes);
    double sum = 0;
    benchmark::DoNotOptimize(view->ForEachEvent(
        [&](std::uint32_t, const domain::RawEvent& event) { sum += event.value; }));
    benchmark::DoNotOptimize(sum);
  }
  CountEvents(state, bytes);
}
BENCHMARK(ReadEventsOnly);

void ParseWithProtobufOnAnArena(benchmark::State& state) {
  const std::string bytes = Batch();
  for (auto _ : state) {
    google::protobuf::Arena arena;
    auto* request = google::protobuf::Arena::CreateMessage<ioc::v1::PushRequest>(&arena);
    benchmark::DoNotOptimize(request->ParseFromString(bytes));
  }
  CountEvents(state, bytes);
}
BENCHMARK(ParseWithProtobufOnAnArena);

}  // namespace
}  // namespace iocd

BENCHMARK_MAIN();
