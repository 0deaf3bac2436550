#pragma once

#include "base/timestamp.h"

namespace iocd {

/// Both clocks at one moment.
struct ClockReading {
  Timestamp wall;
  Duration since_boot;  // also counts while the machine sleeps; nobody sets it
};

/// Tells the time. Only the outermost layer holds one; everything inside takes the time as an
/// argument, so that tests and replay are deterministic. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  /// The wall clock's time.
  virtual Timestamp Now() const = 0;
  virtual Duration SinceBoot() const = 0;

  /// Also right if the thread or the machine slept between asking the one and the other.
  ClockReading ReadBoth() const;
};

}  // namespace iocd
