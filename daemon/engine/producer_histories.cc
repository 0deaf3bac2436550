#include "engine/producer_histories.h"

#include <algorithm>
#include <map>

#include "base/coding.h"
#include "base/limits.h"

namespace iocd::engine {

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
  std::map<std::string, const Active*> active;
  for (const auto& [name, producer] : active_) active.emplace(name, &producer);
  Put<std::uint64_t>(out, active.size());
  for (const auto& [name, producer] : active) {
    PutText<std::uint8_t>(out, name);
    Put<std::uint64_t>(out, producer->last_position);
    producer->history.EncodeTo(out);
  }
  const std::map<std::string, eventlog::Sequence> retired(retired_.begin(), retired_.end());
  Put<std::uint64_t>(out, retired.size());
  for (const auto& [name, highest] : retired) {
    PutText<std::uint8_t>(out, name);
    Put<std::uint64_t>(out, highest);
  }
}

}  // namespace iocd::engine
