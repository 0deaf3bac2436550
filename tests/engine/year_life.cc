#include "engine/year_life.h"

#include <gtest/gtest.h>

#include <future>
#include <utility>

namespace iocd::year {

Life::Life(const Territory& territory, const Plan& plan) : plan_(plan), harness_(territory.data) {
  std::vector<std::uint64_t> sequences(territory.data.departments.size());
  const std::vector<Sent>& sent = plan.sent();
  for (std::size_t begin = 0, end = 0; begin < sent.size(); begin = end) {
    while (end < sent.size() && sent[end].arrival == sent[begin].arrival &&
           sent[end].department == sent[begin].department) {
      ++end;
    }
    parcels_.push_back({begin, end, ++sequences[sent[begin].department]});
  }
  Start();
}

void Life::Start() {
  const absl::Status status = harness_.Start();
  ASSERT_TRUE(status.ok()) << status;
  const std::uint64_t snapshot = harness_.recovery().snapshot.start;
  if (std::exchange(snapshot_, snapshot) != snapshot) ++from_snapshots_;
}

engine::Batch Life::BatchOf(const Parcel& parcel) {
  const domain::CatalogueData& data = harness_.catalogue().data();
  const std::vector<domain::Department>& departments = data.departments;
  std::vector<domain::Event> events;
  for (std::size_t i = parcel.begin; i < parcel.end; ++i) {
    const Sent& sent = plan_.sent()[i];
    const domain::Indicator& indicator = data.indicators[sent.indicator];
    domain::Event& event = events.emplace_back();
    event.series = {departments[sent.department].id, indicator.id, domain::kNoMember};
    if (sent.member) {
      event.series.member = data.member_sets[*indicator.member_set].members[*sent.member].id;
    }
    event.time = sent.time;
    event.first = event.second = 1;
    event.has_second = indicator.kind == domain::Kind::kRatio ||
                       indicator.kind == domain::Kind::kCoverage ||
                       indicator.kind == domain::Kind::kScore;
  }
  const Sent& first = plan_.sent()[parcel.begin];
  return iocd::testing::MakeBatch(departments[first.department].id, "year", parcel.sequence, events,
                                  first.arrival);
}

void Life::Send(Timestamp until) {
  for (; next_ < parcels_.size(); ++next_) {
    const Parcel& parcel = parcels_[next_];
    if (plan_.sent()[parcel.begin].arrival > until) return;
    harness_.engine().Submit(BatchOf(parcel),
                             [this, number = next_](const absl::StatusOr<engine::Answer>& answer) {
                               if (answer.ok()) acknowledged_ = number + 1;
                             });
  }
}

void Life::SendAndWait(Timestamp until) {
  Send(until);
  std::promise<void> applied;
  harness_.engine().Ask([&](const absl::StatusOr<const engine::State*>&) { applied.set_value(); });
  applied.get_future().wait();
  ASSERT_EQ(acknowledged_, next_);
}

// The outcome of one under which a process died may still be there to be waited for.
void Life::AwaitSnapshot() {
  for (;;) {
    const engine::SnapshotOutcome outcome = harness_.WaitForSnapshot();
    if (outcome.status.ok() && outcome.start > snapshot_) return;
  }
}

void Life::DieAndRestart() {
  harness_.Kill();
  sent_again_ += next_ - acknowledged_;
  next_ = acknowledged_;
  Start();
}

void Life::Read(Timestamp now, absl::FunctionRef<void(const domain::Reading&)> read) {
  const domain::Catalogue& catalogue = harness_.catalogue();
  harness_.engine().Read([&](const engine::State& state) {
    read({.catalogue = catalogue, .source = state, .now = now});
  });
}

std::string Life::SeriesBytes() {
  std::string bytes;
  Read({}, [&](const domain::Reading& reading) {
    const domain::CatalogueData& data = reading.catalogue.data();
    for (const domain::Department& department : data.departments) {
      for (const domain::Indicator& indicator : data.indicators) {
        const domain::Series* const series =
            reading.source.Find({department.id, indicator.id, domain::kNoMember});
        if (series != nullptr) series->EncodeTo(&bytes);
      }
    }
  });
  return bytes;
}

}  // namespace iocd::year
