#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/coding.h"
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
  /// nullopt if the bytes are no history's canonical form.
  static std::optional<ProducerHistory> Decode(Reader& reader);

 private:
  struct Remembered {
    eventlog::Sequence sequence;
    Taken taken;
  };

  bool Contains(eventlog::Sequence sequence) const;
  void AddToRanges(eventlog::Sequence sequence);
  bool Remember(eventlog::Sequence sequence, const Taken& taken);  // false: it is remembered
  bool DecodeRanges(Reader& reader);
  bool DecodeRemembered(Reader& reader);

  // First to last, disjoint, not adjacent, all above the floor.
  std::map<eventlog::Sequence, eventlog::Sequence> ranges_;
  eventlog::Sequence floor_;  // the last of the closed gaps
  // A ring of at most limits::kRememberedSequences, in order of taking, so that it is written down
  // in one walk; and where each sequence stands in it.
  std::vector<Remembered> remembered_;
  std::size_t oldest_ = 0;  // in remembered_
  absl::flat_hash_map<eventlog::Sequence, std::uint32_t> places_;
};

}  // namespace iocd::engine
