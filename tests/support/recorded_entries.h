#pragma once

#include <string>
#include <vector>

#include "audit/recorder.h"
#include "base/mutex.h"

namespace iocd::testing {

/// Keeps what is recorded for the audit log, for a test to look at. Thread-safe.
class RecordedEntries final : public audit::Recorder {
 public:
  void Record(audit::Entry entry) override {
    MutexLock lock(mutex_);
    entries_.push_back(std::move(entry));
    changed_.NotifyAll();
  }

  std::vector<audit::Entry> All() const {
    MutexLock lock(mutex_);
    return entries_;
  }
  /// Those of one action, in their order.
  std::vector<audit::Entry> Of(const std::string& action) const {
    MutexLock lock(mutex_);
    return Find(action);
  }
  /// Waits until there are so many.
  std::vector<audit::Entry> WaitFor(const std::string& action, std::size_t count) {
    MutexLock lock(mutex_);
    while (Find(action).size() < count) changed_.Wait(mutex_);
    return Find(action);
  }

 private:
  std::vector<audit::Entry> Find(const std::string& action) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    std::vector<audit::Entry> found;
    for (const audit::Entry& entry : entries_) {
      if (entry.action == action) found.push_back(entry);
    }
    return found;
  }

  mutable Mutex mutex_;
  CondVar changed_;
  std::vector<audit::Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd::testing
