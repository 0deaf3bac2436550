#include "engine/producer_history.h"

#include <iterator>

#include "base/coding.h"
#include "base/limits.h"

namespace iocd::engine {

using eventlog::Sequence;

bool ProducerHistory::Contains(Sequence sequence) const {
  const auto after = ranges_.upper_bound(sequence);
  return after != ranges_.begin() && std::prev(after)->second >= sequence;
}

Verdict ProducerHistory::Judge(Sequence sequence, const eventlog::ContentHash& content) const {
  if (const auto found = remembered_.find(sequence); found != remembered_.end()) {
    if (found->second.content != content) return {.kind = Verdict::Kind::kReused};
    return {.kind = Verdict::Kind::kRepeat, .taken = found->second};
  }
  if (sequence <= floor_) return {.kind = Verdict::Kind::kBelowFloor, .bound = floor_};
  if (Contains(sequence)) return {.kind = Verdict::Kind::kExpiredRepeat};
  if (sequence > Highest() && sequence - Highest() > limits::kMaxSequenceJump) {
    return {.kind = Verdict::Kind::kTooFarAhead, .bound = Highest()};
  }
  return {};
}

void ProducerHistory::Take(Sequence sequence, const Taken& taken) {
  // Below the floor everything counts as taken. A sequence gets there if the floor has risen since
  // it was judged.
  if (sequence > floor_) AddToRanges(sequence);
  remembered_.emplace(sequence, taken);
  order_.push_back(sequence);
  if (order_.size() > limits::kRememberedSequences) {
    remembered_.erase(order_.front());
    order_.pop_front();
  }
}

void ProducerHistory::AddToRanges(Sequence sequence) {
  const auto after = ranges_.upper_bound(sequence);
  const bool joins_after = after != ranges_.end() && after->first == sequence + 1;
  const bool joins_before = after != ranges_.begin() && std::prev(after)->second + 1 == sequence;
  if (joins_before) {
    const auto before = std::prev(after);
    before->second = joins_after ? after->second : sequence;
    if (joins_after) ranges_.erase(after);
  } else if (joins_after) {
    const Sequence last = after->second;
    ranges_.erase(after);
    ranges_.emplace(sequence, last);
  } else {
    ranges_.emplace(sequence, sequence);
  }
  if (ranges_.size() > limits::kMaxSequenceRanges) {
    ranges_.erase(ranges_.begin());
    floor_ = ranges_.begin()->first - 1;
  }
}

ProducerProgress ProducerHistory::Progress() const {
  ProducerProgress progress{.highest = Highest(), .closed_through = floor_, .gaps = {}};
  Sequence taken_through = floor_;
  for (const auto& [first, last] : ranges_) {
    if (first > taken_through + 1) progress.gaps.push_back({taken_through + 1, first - 1});
    taken_through = last;
  }
  return progress;
}

void ProducerHistory::EncodeTo(std::string* out) const {
  Put<std::uint64_t>(out, floor_);
  Put<std::uint64_t>(out, ranges_.size());
  for (const auto& [first, last] : ranges_) {
    Put<std::uint64_t>(out, first);
    Put<std::uint64_t>(out, last);
  }
  Put<std::uint64_t>(out, order_.size());
  for (const Sequence sequence : order_) {
    Put<std::uint64_t>(out, sequence);
    remembered_.at(sequence).EncodeTo(out);
  }
}

}  // namespace iocd::engine
