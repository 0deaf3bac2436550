#include "engine/brute_force.h"

#include <algorithm>

namespace iocd::engine::testing {

void BruteForce::Add(const SentEvent& event) {
  events_[{event.department, event.indicator, event.member}].push_back(event);
}

std::vector<BruteForce::Name> BruteForce::Names() const {
  std::vector<Name> names;
  for (const auto& [name, events] : events_) names.push_back(name);
  return names;
}

Expected BruteForce::InWindow(const Name& name, std::int64_t length, std::int64_t bucket,
                              std::int64_t now_nanos) const {
  // All times of the test lie behind 1970, so that plain division is the floor.
  const std::int64_t bucket_nanos = bucket * 1'000'000'000;
  const std::int64_t last = now_nanos / bucket_nanos;
  const std::int64_t first = last - length / bucket + 1;
  return Between(name, first * bucket_nanos, (last + 1) * bucket_nanos);
}

Expected BruteForce::Between(const Name& name, std::int64_t start_nanos,
                             std::int64_t end_nanos) const {
  Expected expected;
  for (const SentEvent& event : events_.at(name)) {
    if (event.time_nanos < start_nanos || event.time_nanos >= end_nanos) continue;
    const bool first = ++expected.events == 1;
    expected.first += event.first;
    expected.second += event.second;
    expected.samples.push_back(event.first);
    if (first || event.time_nanos >= expected.latest->time_nanos) expected.latest = event;
    if (first || event.arrival_nanos < expected.first_arrival_nanos) {
      expected.first_arrival_nanos = event.arrival_nanos;
    }
  }
  std::sort(expected.samples.begin(), expected.samples.end());
  if (!expected.samples.empty()) {
    expected.min = expected.samples.front();
    expected.max = expected.samples.back();
  }
  return expected;
}

std::optional<SentEvent> BruteForce::Latest(const Name& name) const {
  std::optional<SentEvent> latest;
  for (const SentEvent& event : events_.at(name)) {
    if (!latest || event.time_nanos >= latest->time_nanos) latest = event;
  }
  return latest;
}

}  // namespace iocd::engine::testing
