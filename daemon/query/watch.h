#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "base/mutex.h"
#include "base/timestamp.h"
#include "door/doorkeeper.h"
#include "ioc/v1/query.pb.h"
#include "standing/standing.h"

namespace iocd::query {

class Watchers;

/// Brings what Watch::Next() gives to one who watches. Called on any thread, on several at once,
/// and also when nothing is new; must not block.
class WatchReader {
 public:
  virtual ~WatchReader() = default;
  /// There may be something to bring, or an end.
  virtual void Wake() = 0;
  /// The end was there a while ago and has not been brought: the peer takes nothing more.
  virtual void BreakOff() = 0;
};

/// One who watches a scope. Holds one standing, the one that the reader knows, however far behind
/// they are. Thread-safe; counts as a watcher as long as it lives.
class Watch {
 public:
  /// What comes next for the reader.
  struct Step {
    std::shared_ptr<const ioc::v1::WatchResponse> message;  // nullptr: nothing now
    absl::Status end;  // not OK: the watch is over, for this reason
  };

  /// Watchers::Begin() makes them.
  Watch(Watchers& watchers, std::string scope, door::CallerPtr caller, Duration begun);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// From now on wakes the reader, beginning at once. Called once.
  void Start(std::weak_ptr<WatchReader> reader);

  /// What has changed since the step before: everything the first time.
  Step Next();

 private:
  friend class Watchers;

  void Wake();
  void End(absl::Status why);
  void Look(Duration since_boot);
  /// False: the caller is no longer let in.
  bool RenewCaller();
  std::shared_ptr<WatchReader> reader() const;

  Watchers& watchers_;
  const std::string scope_;
  const Duration begun_;  // since boot

  mutable Mutex mutex_;
  std::weak_ptr<WatchReader> reader_ ABSL_GUARDED_BY(mutex_);
  door::CallerPtr caller_ ABSL_GUARDED_BY(mutex_);
  standing::StandingPtr known_ ABSL_GUARDED_BY(mutex_);  // by the reader; nullptr: nothing yet
  absl::Status end_ ABSL_GUARDED_BY(mutex_);             // OK: it goes on
  bool looked_at_end_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace iocd::query
