#include "base/system_clock.h"

#include <ctime>

namespace iocd {
namespace {

std::int64_t NanosOf(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

Timestamp SystemClock::Now() const { return {NanosOf(CLOCK_REALTIME)}; }

Duration SystemClock::SinceBoot() const { return {NanosOf(CLOCK_BOOTTIME)}; }

}  // namespace iocd
