#include "base/clock.h"

namespace iocd {

ClockReading Clock::ReadBoth() const {
  constexpr Duration kOneMoment = Duration::Seconds(1);
  Duration before = SinceBoot();
  while (true) {
    const Timestamp wall = Now();
    const Duration after = SinceBoot();
    if (after.nanos - before.nanos <= kOneMoment.nanos) return {wall, after};
    before = after;
  }
}

}  // namespace iocd
