#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "engine/producer_progress.h"
#include "engine/verdict.h"
#include "eventlog/batch_record.h"

namespace iocd::engine {

/// Which sequences of one producer have been taken. Exact, as at most limits::kMaxSequenceRanges
/// ranges; when there are more, the oldest gap closes: at or below it what was taken can no longer
/// be told from what was not, so all of it is refused, save repeats that are still remembered.
/// Content and place of the answer are kept for the newest limits::kRememberedSequences taken (by
/// order of taking, which is the log's).
class ProducerHistory {
 public:
  /// A producer of which all at or below `floor` counts as taken.
  explicit ProducerHistory(eventlog::Sequence floor = 0) : floor_(floor) {}

  Verdict Judge(eventlog::Sequence sequence, const eventlog::ContentHash& content) const;

  /// `sequence` was judged kNew, perhaps before other sequences of its group were taken.
  void Take(eventlog::Sequence sequence, const Taken& taken);

  eventlog::Sequence Highest() const { return ranges_.empty() ? floor_ : ranges_.rbegin()->second; }
  ProducerProgress Progress() const;

  /// Appends a canonical form: equal histories append equal bytes.
  void EncodeTo(std::string* out) const;

 private:
  bool Contains(eventlog::Sequence sequence) const;
  void AddToRanges(eventlog::Sequence sequence);

  // First to last, disjoint, not adjacent, all above the floor.
  std::map<eventlog::Sequence, eventlog::Sequence> ranges_;
  eventlog::Sequence floor_;  // the last of the closed gaps
  absl::flat_hash_map<eventlog::Sequence, Taken> remembered_;
  std::deque<eventlog::Sequence> order_;  // of remembered_, oldest first
};

}  // namespace iocd::engine
