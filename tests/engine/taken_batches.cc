#include "engine/taken_batches.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/counted_reference.h"
#include "eventlog/record.h"
#include "support/engine_harness.h"
#include "support/test_catalogue.h"

namespace iocd::engine {
namespace {

const Timestamp kBegin = Timestamp::FromSeconds(1'700'000'000);
constexpr const char* kDepartments[] = {"a", "b", "c"};
constexpr const char* kIndicators[] = {"flow", "duration", "score", "coverage"};

}  // namespace

TakenBatches::TakenBatches() : catalogue_(iocd::testing::TestCatalogue()) {
  for (const eventlog::DefineRecord& record : state_.dictionary().Missing(catalogue_)) {
    EXPECT_TRUE(state_.Apply(record, 0).ok());
  }
  state_.dictionary().AssignIds(&catalogue_);
}

TakenBatches::TakenBatches(const TakenBatches& other, std::size_t first) : TakenBatches() {
  for (std::size_t i = 0; i < first; ++i) Take(other.all_[i].batch, other.all_[i].position);
}

TakenBatches TakenBatches::WithoutLast() const { return {*this, all_.size() - 1}; }

Batch TakenBatches::MakeBatch(std::uint64_t number) const {
  const Timestamp arrival = kBegin + Duration::Seconds(static_cast<std::int64_t>(number));
  const std::string reference = absl::StrCat("HS-", number % 3);
  std::vector<domain::Event> events;
  for (std::uint64_t i = 0; i < 3; ++i) {
    domain::Event event;
    event.series.department = catalogue_.FindDepartment(kDepartments[(number + i) % 3])->id;
    event.series.indicator = catalogue_.FindIndicator(kIndicators[(number + 2 * i) % 4])->id;
    event.time = arrival;
    event.first = static_cast<double>(number) / 8;
    event.second = 1;
    event.has_second = true;
    event.counts_once = number % 4 == 0;
    event.reference = reference;
    events.push_back(event);
  }
  eventlog::BatchKey key = number;
  if (number % 3 == 0) key = absl::StrCat("id ", number);
  std::vector<domain::Refusal> refusals;
  if (number % 4 == 1) refusals = {{3, domain::RefusalCode::kOutOfRange, "11 is above 10"}};
  return iocd::testing::MakeBatch(catalogue_.FindDepartment("a")->id, number % 2 == 0 ? "p" : "q",
                                  std::move(key), events, arrival, refusals);
}

void TakenBatches::Take(const Batch& batch, std::uint64_t position) {
  Batch taken = batch;
  const std::uint32_t already_counted = MarkAlreadyCounted(state_, &taken);
  absl::string_view bytes(taken.record);
  const auto record = eventlog::BatchRecord::Parse(eventlog::TakeRecord(&bytes)->body);
  ASSERT_TRUE(record.ok()) << record.status();
  ASSERT_TRUE(state_.Apply(*record, position).ok());
  const Answer answer{.accepted = batch.accepted - already_counted,
                      .already_counted = already_counted,
                      .refusals = batch.refusals};
  all_.push_back({batch, position, answer});
}

bool TakenBatches::EndsWith(const Batch& batch) const {
  return !all_.empty() && all_.back().batch.key == batch.key &&
         all_.back().batch.producer == batch.producer;
}

std::string TakenBatches::EncodedState() const {
  std::string bytes;
  state_.EncodeTo(&bytes);
  return bytes;
}

}  // namespace iocd::engine
