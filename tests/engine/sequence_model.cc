#include "engine/sequence_model.h"

#include <algorithm>

namespace iocd::testing {
namespace {

// As the contract says them, not as the daemon's limits.h does.
constexpr std::size_t kRanges = 1'024, kProducers = 64, kRetired = 4'096, kAnswers = 4'096;
constexpr std::uint64_t kJump = 1'000'000;
constexpr std::int64_t kBatchIdSeconds = 48 * 3'600;
constexpr std::size_t kBatchIds = 1'000'000;

}  // namespace

using Verdict = SequenceModel::Verdict;

const SequenceModel::Producer& SequenceModel::Find(const std::string& name) const {
  static const Producer kUnseen;
  if (const auto found = active_.find(name); found != active_.end()) return found->second;
  if (const auto found = retired_.find(name); found != retired_.end()) return found->second;
  return kUnseen;
}

Verdict SequenceModel::Judge(const SentCall& call) const {
  const auto repeat = [&](const Remembered& then) {
    return then.content == call.content ? Verdict{Kind::kRepeat, then.answer}
                                        : Verdict{Kind::kReused};
  };
  if (!call.batch_id.empty()) {
    const auto found = batch_ids_.find({call.producer, call.batch_id});
    return found == batch_ids_.end() ? Verdict{Kind::kNew, call.answer} : repeat(found->second);
  }
  if (call.sequence == 0) return {Kind::kNew, call.answer};
  if (!active_.contains(call.producer) && !retired_.contains(call.producer) &&
      retired_.size() >= kRetired) {
    return {Kind::kTooManyProducers};
  }
  const Producer& producer = Find(call.producer);
  if (const auto found = producer.newest.find(call.sequence); found != producer.newest.end()) {
    return repeat(found->second);
  }
  if (call.sequence <= producer.closed) return {Kind::kClosed};
  if (producer.taken.contains(call.sequence)) return {Kind::kExpired};
  if (call.sequence > producer.highest && call.sequence - producer.highest > kJump) {
    return {Kind::kTooFar};
  }
  return {Kind::kNew, call.answer};
}

void SequenceModel::Take(const SentCall& call, std::int64_t arrival_seconds) {
  if (!call.batch_id.empty()) return TakeBatchId(call, arrival_seconds);
  if (call.sequence == 0) return;
  Producer& producer = Activate(call.producer);
  producer.last_taken = ++taken_;
  if (call.sequence > producer.closed) AddToRanges(&producer, call.sequence);
  producer.newest.emplace(call.sequence, Remembered{call.content, call.answer});
  producer.order.push_back(call.sequence);
  if (producer.order.size() > kAnswers) {
    producer.newest.erase(producer.order.front());
    producer.order.pop_front();
  }
}

/// Only those that took a batch last are known exactly; the quietest gives way.
SequenceModel::Producer& SequenceModel::Activate(const std::string& name) {
  if (const auto found = active_.find(name); found != active_.end()) return found->second;
  if (active_.size() == kProducers) {
    const auto quietest = std::min_element(
        active_.begin(), active_.end(),
        [](const auto& a, const auto& b) { return a.second.last_taken < b.second.last_taken; });
    Producer& retired = retired_[quietest->first];
    retired.closed = retired.highest = quietest->second.highest;
    active_.erase(quietest);
  }
  Producer& producer = active_[name];
  producer.closed = producer.highest = retired_[name].highest;
  retired_.erase(name);
  return producer;
}

void SequenceModel::AddToRanges(Producer* producer, std::uint64_t sequence) {
  std::set<std::uint64_t>& taken = producer->taken;
  producer->ranges += 1;
  producer->ranges -= taken.contains(sequence - 1) ? 1 : 0;
  producer->ranges -= taken.contains(sequence + 1) ? 1 : 0;
  taken.insert(sequence);
  producer->highest = std::max(producer->highest, sequence);
  if (producer->ranges <= kRanges) return;
  std::uint64_t last = *taken.begin();  // of the lowest range
  taken.erase(last);
  while (*taken.begin() == last + 1) taken.erase(++last);
  producer->closed = *taken.begin() - 1;
  --producer->ranges;
}

void SequenceModel::TakeBatchId(const SentCall& call, std::int64_t arrival_seconds) {
  const auto forget_oldest = [this] {
    batch_ids_.erase(batch_id_order_.front().key);
    batch_id_order_.pop_front();
  };
  while (!batch_id_order_.empty() &&
         batch_id_order_.front().arrival_seconds + kBatchIdSeconds < arrival_seconds) {
    forget_oldest();
  }
  if (batch_id_order_.size() == kBatchIds) forget_oldest();
  // A clock that was set back does not make ids forget each other out of order.
  if (!batch_id_order_.empty()) {
    arrival_seconds = std::max(arrival_seconds, batch_id_order_.back().arrival_seconds);
  }
  batch_id_order_.push_back({{call.producer, call.batch_id}, arrival_seconds});
  batch_ids_[{call.producer, call.batch_id}] = {call.content, call.answer};
}

SequenceModel::Progress SequenceModel::Resume(const std::string& name) const {
  const Producer& producer = Find(name);
  Progress progress{producer.highest, producer.closed, {}};
  std::uint64_t through = producer.closed;
  for (const std::uint64_t sequence : producer.taken) {
    if (sequence > through + 1) progress.gaps.emplace_back(through + 1, sequence - 1);
    through = sequence;
  }
  return progress;
}

}  // namespace iocd::testing
