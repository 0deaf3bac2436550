#pragma once

#include <cstdint>

#include "base/timestamp.h"

namespace iocd::standing {

/// When the next standing is taken: at once after a change, and once a second without one, since
/// time itself changes what stands; but so that taking them never takes more than a twentieth of
/// one processor. Times are since boot. A value; no clock of its own.
class Pace {
 public:
  static constexpr Duration kAtLeastEvery = Duration::Seconds(1);
  static constexpr std::int64_t kShare = 20;

  /// The instant from which one may be taken; the first at any.
  Duration Next(bool changed) const {
    if (!taken_) return {};
    return changed || earliest_ > latest_ ? earliest_ : latest_;
  }

  /// One was taken: the work began then, and took that much time of a processor.
  void Took(Duration began, Duration worked);

 private:
  bool taken_ = false;
  Duration earliest_, latest_;
};

}  // namespace iocd::standing
