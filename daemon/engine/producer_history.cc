#include "engine/producer_history.h"

#include <iterator>

#include "base/coding.h"
#include "base/limits.h"

namespace iocd::engine {

using eventlog::Sequence;

namespace {

constexpr std::size_t kRememberedBytes = sizeof(Sequence) + Taken::kEncodedBytes;

}  // namespace

bool ProducerHistory::Contains(Sequence sequence) const {
  const auto after = ranges_.upper_bound(sequence);
  return after != ranges_.begin() && std::prev(after)->second >= sequence;
}

Verdict ProducerHistory::Judge(Sequence sequence, const eventlog::ContentHash& content) const {
  if (const auto found = places_.find(sequence); found != places_.end()) {
    const Taken& taken = remembered_[found->second].taken;
    if (taken.content != content) return {.kind = Verdict::Kind::kReused};
    return {.kind = Verdict::Kind::kRepeat, .taken = taken};
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
  Remember(sequence, taken);
}

bool ProducerHistory::Remember(Sequence sequence, const Taken& taken) {
  const bool full = remembered_.size() == limits::kRememberedSequences;
  const std::size_t place = full ? oldest_ : remembered_.size();
  if (!places_.emplace(sequence, static_cast<std::uint32_t>(place)).second) return false;
  if (full) {
    places_.erase(remembered_[place].sequence);
    remembered_[place] = {sequence, taken};
    oldest_ = (oldest_ + 1) % limits::kRememberedSequences;
  } else {
    remembered_.push_back({sequence, taken});
  }
  return true;
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
  Put<std::uint32_t>(out, static_cast<std::uint32_t>(ranges_.size()));
  for (const auto& [first, last] : ranges_) {
    Put<std::uint64_t>(out, first);
    Put<std::uint64_t>(out, last);
  }
  Put<std::uint32_t>(out, static_cast<std::uint32_t>(remembered_.size()));
  const auto encode = [this, out](std::size_t first, std::size_t end) {
    for (std::size_t place = first; place < end; ++place) {
      Put<std::uint64_t>(out, remembered_[place].sequence);
      remembered_[place].taken.EncodeTo(out);
    }
  };
  encode(oldest_, remembered_.size());
  encode(0, oldest_);
}

std::optional<ProducerHistory> ProducerHistory::Decode(Reader& reader) {
  ProducerHistory history(reader.Get<std::uint64_t>());
  if (!history.DecodeRanges(reader) || !history.DecodeRemembered(reader)) return std::nullopt;
  return history;
}

bool ProducerHistory::DecodeRanges(Reader& reader) {
  const auto count = reader.Get<std::uint32_t>();
  if (count > limits::kMaxSequenceRanges) return false;
  Sequence below = floor_;  // the next range begins above it
  for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
    const auto first = reader.Get<std::uint64_t>();
    const auto last = reader.Get<std::uint64_t>();
    const bool joins_before = i > 0 && first == below + 1;
    if (first <= below || joins_before || last < first) return false;
    ranges_.emplace_hint(ranges_.end(), first, last);
    below = last;
  }
  return reader.ok();
}

bool ProducerHistory::DecodeRemembered(Reader& reader) {
  const auto count = reader.Get<std::uint32_t>();
  if (count > limits::kRememberedSequences || count * kRememberedBytes > reader.rest().size()) {
    return false;
  }
  remembered_.reserve(count);
  places_.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto sequence = reader.Get<std::uint64_t>();
    const Taken taken = Taken::Decode(reader);
    const bool counts_as_taken = sequence <= floor_ || Contains(sequence);
    if (!counts_as_taken || !Remember(sequence, taken)) return false;
  }
  return reader.ok();
}

}  // namespace iocd::engine
