#include "engine/producer_histories.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/coding.h"
#include "base/limits.h"

namespace iocd::engine {
namespace {

/// The elements of a map from names, in an order that depends on the names alone.
template <typename Map>
std::vector<const typename Map::value_type*> SortedByName(const Map& map) {
  std::vector<const typename Map::value_type*> sorted;
  sorted.reserve(map.size());
  for (const auto& element : map) sorted.push_back(&element);
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  return sorted;
}

/// Whether `name` may stand behind `previous` (empty: stand first) in the canonical form.
bool FollowsName(absl::string_view name, absl::string_view previous) {
  return name > previous && name.size() <= limits::kMaxProducerNameBytes;
}

}  // namespace

Verdict ProducerHistories::Judge(const std::string& producer, eventlog::Sequence sequence,
                                 const eventlog::ContentHash& content) const {
  if (const auto active = active_.find(producer); active != active_.end()) {
    return active->second.history.Judge(sequence, content);
  }
  if (const auto retired = retired_.find(producer); retired != retired_.end()) {
    return ProducerHistory(retired->second).Judge(sequence, content);
  }
  if (retired_.size() >= limits::kMaxRetiredProducers) {
    return {.kind = Verdict::Kind::kTooManyProducers};
  }
  return ProducerHistory().Judge(sequence, content);
}

void ProducerHistories::Take(const std::string& producer, eventlog::Sequence sequence,
                             const Taken& taken) {
  auto active = active_.find(producer);
  if (active == active_.end()) {
    if (active_.size() >= limits::kMaxProducersPerDepartment) RetireTheQuietest();
    eventlog::Sequence floor = 0;
    if (const auto retired = retired_.find(producer); retired != retired_.end()) {
      floor = retired->second;
      retired_.erase(retired);
    }
    active = active_.emplace(producer, Active{ProducerHistory(floor)}).first;
  }
  active->second.history.Take(sequence, taken);
  active->second.last_position = taken.position;
}

ProducerProgress ProducerHistories::ProgressOf(const std::string& producer) const {
  if (const auto active = active_.find(producer); active != active_.end()) {
    return active->second.history.Progress();
  }
  if (const auto retired = retired_.find(producer); retired != retired_.end()) {
    return ProducerHistory(retired->second).Progress();
  }
  return {};
}

void ProducerHistories::RetireTheQuietest() {
  const auto quietest = std::min_element(
      active_.begin(), active_.end(),
      [](const auto& a, const auto& b) { return a.second.last_position < b.second.last_position; });
  retired_.emplace(quietest->first, quietest->second.history.Highest());
  active_.erase(quietest);
}

void ProducerHistories::EncodeTo(std::string* out) const {
  Put<std::uint32_t>(out, static_cast<std::uint32_t>(active_.size()));
  for (const auto* producer : SortedByName(active_)) {
    PutText<std::uint8_t>(out, producer->first);
    Put<std::uint64_t>(out, producer->second.last_position);
    producer->second.history.EncodeTo(out);
  }
  Put<std::uint32_t>(out, static_cast<std::uint32_t>(retired_.size()));
  for (const auto* producer : SortedByName(retired_)) {
    PutText<std::uint8_t>(out, producer->first);
    Put<std::uint64_t>(out, producer->second);
  }
}

std::optional<ProducerHistories> ProducerHistories::Decode(Reader& reader) {
  ProducerHistories histories;
  if (!histories.DecodeActive(reader) || !histories.DecodeRetired(reader)) return std::nullopt;
  return histories;
}

bool ProducerHistories::DecodeActive(Reader& reader) {
  const auto count = reader.Get<std::uint32_t>();
  if (count > limits::kMaxProducersPerDepartment) return false;
  absl::string_view previous;
  for (std::uint32_t i = 0; i < count; ++i) {
    const absl::string_view name = reader.GetText<std::uint8_t>();
    const auto last_position = reader.Get<std::uint64_t>();
    auto history = ProducerHistory::Decode(reader);
    if (!history || !FollowsName(name, previous)) return false;
    active_.emplace(std::string(name), Active{*std::move(history), last_position});
    previous = name;
  }
  return reader.ok();
}

bool ProducerHistories::DecodeRetired(Reader& reader) {
  // May be more than limits::kMaxRetiredProducers: new names that one group took were all judged
  // before the first of them made another retire.
  const auto count = reader.Get<std::uint32_t>();
  absl::string_view previous;
  for (std::uint32_t i = 0; i < count; ++i) {
    const absl::string_view name = reader.GetText<std::uint8_t>();
    const auto highest = reader.Get<std::uint64_t>();
    if (!FollowsName(name, previous) || active_.contains(name)) return false;
    retired_.emplace(std::string(name), highest);
    previous = name;
  }
  return reader.ok();
}

}  // namespace iocd::engine
