#pragma once

#include "base/timestamp.h"

namespace iocd {

/// Tells the wall clock's time. Only the outermost layer holds one; everything inside takes the
/// time as an argument, so that tests and replay are deterministic. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp Now() const = 0;
};

}  // namespace iocd
