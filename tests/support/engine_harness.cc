#include "support/engine_harness.h"

#include <future>
#include <utility>

namespace iocd::testing {

void SnapshotWaiter::SnapshotEnds(const engine::SnapshotOutcome& outcome) {
  MutexLock lock(mutex_);
  outcome_ = outcome;
  ended_.NotifyAll();
}

engine::SnapshotOutcome SnapshotWaiter::Wait() {
  MutexLock lock(mutex_);
  while (!outcome_) ended_.Wait(mutex_);
  return *std::exchange(outcome_, std::nullopt);
}

engine::Batch MakeBatch(domain::DepartmentId department, const std::string& producer,
                        eventlog::BatchKey key, const std::vector<domain::Event>& events,
                        Timestamp arrival, const std::vector<domain::Refusal>& refusals) {
  engine::Batch batch;
  batch.department = department;
  batch.producer = producer;
  batch.key = std::move(key);
  batch.arrival = arrival;
  std::string content = producer;
  for (const domain::Event& event : events) {
    content.append(reinterpret_cast<const char*>(&event.time), sizeof event.time);
    content.append(reinterpret_cast<const char*>(&event.first), sizeof event.first);
    content.append(event.reference.data(), event.reference.size());
  }
  batch.content = eventlog::HashContent(content);
  eventlog::BatchRecordBuilder builder(
      {arrival, batch.department, producer, batch.key, batch.content, false}, events.size());
  for (const domain::Event& event : events) {
    const std::uint32_t flags_offset = builder.Add(event);
    if (event.counts_once) {
      batch.references.push_back(
          {flags_offset, event.series.department, engine::ReferenceKey(event)});
    }
  }
  batch.accepted = builder.EventCount();
  batch.refusals = refusals;
  batch.record = std::move(builder).Finish(refusals);
  return batch;
}

EngineHarness::EngineHarness(domain::CatalogueData catalogue) : data_(std::move(catalogue)) {}

absl::Status EngineHarness::Start() {
  engine_ = std::make_unique<engine::Engine>(options_, disk_, domain::Catalogue(data_), observer_);
  return engine_->Recover();
}

void EngineHarness::Kill(std::size_t kept_unsynced_bytes) {
  // Whatever the engine does in order to stop must not reach the disk.
  disk_.PowerOff();
  engine_.reset();
  disk_.Crash(kept_unsynced_bytes);
}

void EngineHarness::Stop() { engine_.reset(); }

engine::Batch EngineHarness::MakeBatch(const std::string& producer, eventlog::BatchKey key,
                                       const std::vector<domain::Event>& events, Timestamp arrival,
                                       const std::vector<domain::Refusal>& refusals) {
  return iocd::testing::MakeBatch(catalogue().FindDepartment("a")->id, producer, std::move(key),
                                  events, arrival, refusals);
}

absl::Status EngineHarness::ChangeCatalogue(domain::CatalogueData catalogue) {
  data_ = std::move(catalogue);
  std::promise<absl::Status> changed;
  engine_->ChangeCatalogue(domain::Catalogue(data_),
                           [&](absl::Status status) { changed.set_value(std::move(status)); });
  return changed.get_future().get();
}

engine::SnapshotOutcome EngineHarness::TakeSnapshot() {
  engine_->RequestSnapshot();
  return observer_.Wait();
}

absl::StatusOr<engine::Answer> EngineHarness::Push(engine::Batch batch) {
  std::promise<absl::StatusOr<engine::Answer>> answer;
  engine_->Submit(std::move(batch), [&](absl::StatusOr<engine::Answer> given) {
    answer.set_value(std::move(given));
  });
  return answer.get_future().get();
}

domain::SeriesKey EngineHarness::Key(const std::string& department, const std::string& indicator,
                                     const std::string& member) {
  const domain::Indicator* found = catalogue().FindIndicator(indicator);
  return {catalogue().FindDepartment(department)->id, found->id,
          member.empty() ? domain::kNoMember : catalogue().FindMember(*found, member)->id};
}

domain::Event EngineHarness::Event(const std::string& department, const std::string& indicator,
                                   Timestamp time, double first) {
  domain::Event event;
  event.series = Key(department, indicator);
  event.time = time;
  event.first = first;
  return event;
}

std::string EngineHarness::EncodedState() {
  std::string bytes;
  engine_->Read([&](const engine::State& state) { state.EncodeTo(&bytes); });
  return bytes;
}

}  // namespace iocd::testing
