#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "base/limits.h"

namespace iocd::audit {

/// Remembers which senders were seen in this run, so that a known one costs a look-up and nothing
/// else: no lock, no allocation. A sender is who pushes from where, for which department, as which
/// producer. Keeps 64 bits of a keyed hash (SipHash), so that nobody can find two that meet. Beyond
/// kMost every one counts as known; the audit log says before that it takes no more. Thread-safe.
class SeenSenders {
 public:
  using Key = std::uint64_t;

  static constexpr std::size_t kMost = 2 * limits::kMaxFirstPushes;

  SeenSenders();

  Key KeyOf(absl::string_view who, absl::string_view from, absl::string_view department,
            absl::string_view producer) const;

  bool Knows(Key key) const;
  /// True for one caller alone: the sender was not known.
  bool Remember(Key key);

 private:
  static constexpr std::size_t kSlots = 2 * kMost;
  static_assert((kSlots & (kSlots - 1)) == 0, "a mask finds the slot");

  unsigned char hash_key_[16];
  std::unique_ptr<std::atomic<Key>[]> slots_;  // 0: free
  std::atomic<std::size_t> used_{0};
};

}  // namespace iocd::audit
