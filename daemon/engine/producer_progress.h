#pragma once

#include <vector>

#include "eventlog/batch_record.h"

namespace iocd::engine {

/// Sequences from `first` to `last`, both included.
struct SequenceRange {
  eventlog::Sequence first = 0;
  eventlog::Sequence last = 0;
  friend bool operator==(const SequenceRange&, const SequenceRange&) = default;
};

/// How far a producer has come: what tells it where to go on.
struct ProducerProgress {
  eventlog::Sequence highest = 0;         // taken; 0: none
  eventlog::Sequence closed_through = 0;  // at or below it nothing new is taken
  std::vector<SequenceRange> gaps;        // between the two: not taken, in ascending order
};

}  // namespace iocd::engine
