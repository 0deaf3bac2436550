#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "audit/entry.h"
#include "base/clock.h"

namespace iocd::audit {

/// Keeps refusals from flooding the log. The first of its sort (same caller, action and reason) is
/// an entry at once; its repeats become one entry for each limits::kAuditRefusalsWindow. Of
/// different ones at most limits::kMaxAuditedRefusals are told apart at a time, and of one caller
/// at most limits::kMaxAuditedRefusalsPerCaller; the others count together. Not thread-safe.
class Refusals {
 public:
  /// Takes a refusal of this moment. Returns what is to be written now, if anything.
  std::optional<Logged> Add(Entry entry, const ClockReading& now);

  /// What is to be written because its window has ended by `now`.
  std::vector<Logged> TakeEnded(const ClockReading& now);
  /// What has not been written yet; nothing is kept.
  std::vector<Logged> TakeAll();

 private:
  /// Refusals of one sort.
  struct Group {
    Entry entry;                // the first of them
    std::string caller;         // of which it counts as one
    Duration began;             // the window, since boot
    std::uint64_t repeats = 0;  // that no entry tells of yet
    Timestamp first, last;      // of these
  };

  std::optional<Logged> AddTo(const std::string& key, std::string caller, Entry entry,
                              const ClockReading& now);
  static Logged Told(Group* group);

  absl::flat_hash_map<std::string, Group> groups_;
  absl::flat_hash_map<std::string, std::size_t> callers_;  // how many groups each has
};

}  // namespace iocd::audit
