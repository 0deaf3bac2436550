#pragma once

#include <atomic>

#include "base/clock.h"

namespace iocd::testing {

/// A clock that stands still until it is told. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp now) : nanos_(now.nanos) {}

  Timestamp Now() const override { return {nanos_.load()}; }
  Duration SinceBoot() const override { return {boot_nanos_.load()}; }

  /// Time passes.
  void Advance(Duration by) {
    nanos_ += by.nanos;
    boot_nanos_ += by.nanos;
  }
  /// Someone sets the wall clock, forward or back.
  void Jump(Duration by) { nanos_ += by.nanos; }

 private:
  std::atomic<std::int64_t> nanos_;
  std::atomic<std::int64_t> boot_nanos_{Duration::Seconds(10'000).nanos};
};

}  // namespace iocd::testing
