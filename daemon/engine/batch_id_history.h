#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "base/limits.h"
#include "base/timestamp.h"
#include "engine/recent_keys.h"
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
  void EncodeTo(std::string* out) const { keys_.EncodeTo(out); }

  /// To write the history down, and to read it back, in chunks.
  const RecentKeys<Taken>& keys() const { return keys_; }
  RecentKeys<Taken>& keys() { return keys_; }

 private:
  RecentKeys<Taken> keys_{limits::kBatchIdHorizon, limits::kMaxBatchIdsPerDepartment};
};

}  // namespace iocd::engine
