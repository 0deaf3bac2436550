#pragma once

#include "base/clock.h"

namespace iocd {

/// The machine's clocks: the only place in the daemon that asks the system for the time of day.
class SystemClock final : public Clock {
 public:
  Timestamp Now() const override;
  Duration SinceBoot() const override;
};

}  // namespace iocd
