#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "iocsim/load_result.h"

namespace iocsim {

/// Says when the next batch is due. With a rate, batches are due at fixed times whatever became of
/// those before, and latency counts from then: a daemon that stalls cannot hide it by slowing the
/// sender down.
class Pacer {
 public:
  /// Without a rate in `options` the next batch is always due at once.
  Pacer(const LoadOptions& options, SteadyTime start)
      : batches_per_second_(options.events_per_second / static_cast<double>(options.batch_events)),
        start_(start),
        end_(start + std::chrono::duration_cast<SteadyTime::duration>(
                         std::chrono::duration<double>(options.seconds))) {}

  /// When the next batch is due; nullopt: none, the test is over. Batches that were due before and
  /// not sent by then are not made up for.
  std::optional<SteadyTime> NextDue(SteadyTime now) const {
    if (now >= end_) return std::nullopt;
    if (batches_per_second_ <= 0) return now;
    const std::chrono::duration<double> offset(static_cast<double>(count_) / batches_per_second_);
    const SteadyTime due =
        start_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(offset);
    if (due >= end_) return std::nullopt;
    return due;
  }
  void CountSent() { ++count_; }

 private:
  const double batches_per_second_;
  const SteadyTime start_, end_;
  std::uint64_t count_ = 0;
};

}  // namespace iocsim
