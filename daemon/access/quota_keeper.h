#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "access/quota.h"
#include "base/mutex.h"
#include "base/timestamp.h"

namespace iocd::access {

/// Holds departments to their quotas, so that one that sends too much is refused before it slows
/// the others. Departments are named by codes of the catalogue, so there are not more of them than
/// it has. Thread-safe.
class QuotaKeeper {
 public:
  /// What a refused sender is told. OK: taken.
  struct Verdict {
    absl::Status status;  // ResourceExhausted: which quota, and what it is
    Duration retry_after;
  };

  explicit QuotaKeeper(Quotas quotas) : quotas_(std::move(quotas)) {}

  /// Puts other quotas in force. What is in use stays in use.
  void Replace(Quotas quotas);

  /// What the operator has set as the bound of the daemon's memory; nullopt: nothing.
  std::optional<std::uint64_t> MemoryBytes() const;
  /// Whether the daemon is beyond the bound of its memory: then nothing new is taken.
  void SetMemoryFull(bool full);

  /// Takes one batch from the department's quotas; it gives back the bytes with EndBatch() once it
  /// is answered. `since_boot` tells how much has come back since the last batch.
  Verdict BeginBatch(absl::string_view department, std::uint64_t events, std::uint64_t bytes,
                     Duration since_boot);
  void EndBatch(absl::string_view department, std::uint64_t bytes);

  /// The same for a stream. `department` is empty where nobody knows whose it is, as in open mode:
  /// then only the bound of all counts.
  Verdict BeginStream(absl::string_view department);
  void EndStream(absl::string_view department);
  /// After so long a stream ends, and its sender opens another.
  Duration StreamLifetime() const;

 private:
  struct Use {
    double events = 0;   // that may come at once; below 0 never
    bool rested = true;  // `events` was never set: a department begins with its burst
    Duration counted_at;
    std::uint64_t in_flight_bytes = 0;
    int streams = 0;
  };

  Verdict TakeEvents(absl::string_view department, const Quota& quota, std::uint64_t events,
                     Duration since_boot, Use* use) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  Quotas quotas_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, Use> uses_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t in_flight_bytes_ ABSL_GUARDED_BY(mutex_) = 0;  // of all
  int streams_ ABSL_GUARDED_BY(mutex_) = 0;                    // of all
  bool memory_full_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace iocd::access
