#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "engine/verdict.h"

namespace iocd::engine {

/// Which batch ids of one department have been taken. Kept for limits::kBatchIdHorizon of arrival
/// time (told by the arrival times in the log, not by a clock) and at most
/// limits::kMaxBatchIdsPerDepartment; the oldest go first. An id belongs to its producer.
class BatchIdHistory {
 public:
  Verdict Judge(absl::string_view producer, absl::string_view id,
                const eventlog::ContentHash& content) const;

  /// The id was judged kNew. `arrival` is the batch's.
  void Take(absl::string_view producer, absl::string_view id, Timestamp arrival,
            const Taken& taken);

  /// Appends a canonical form: equal histories append equal bytes.
  void EncodeTo(std::string* out) const;

 private:
  struct Entry {
    std::string key;
    Timestamp arrival;
  };
  absl::flat_hash_map<std::string, Taken> taken_;  // by producer, newline, id
  std::deque<Entry> order_;                        // in log order
};

}  // namespace iocd::engine
