#pragma once

#include "audit/entry.h"

namespace iocd::audit {

/// Takes what is to stand in the audit log. Thread-safe.
class Recorder {
 public:
  virtual ~Recorder() = default;

  /// Takes an entry, which happened now. Returns at once, before anything is written; no thread may
  /// rely on the entry being kept, and none ever waits for the disk here.
  virtual void Record(Entry entry) = 0;
};

}  // namespace iocd::audit
