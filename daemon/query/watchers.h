#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "door/doorkeeper.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "ioc/v1/query.pb.h"
#include "query/watch.h"
#include "query/watch_changes.h"
#include "standing/standing.h"

namespace iocd::query {

/// Everyone who watches, over gRPC and HTTP, at most limits::kMaxWatchers. Each new standing wakes
/// them; what changed from one to the next is made once for all of a scope who keep up.
/// Thread-safe; what it is given outlives it, and it outlives every Watch.
class Watchers {
 public:
  Watchers(const engine::Engine& engine, door::Doorkeeper& doorkeeper, const Clock& clock,
           exposition::DaemonMetrics& metrics)
      : engine_(engine), doorkeeper_(doorkeeper), clock_(clock), metrics_(metrics) {}
  Watchers(const Watchers&) = delete;
  Watchers& operator=(const Watchers&) = delete;

  /// Lets `caller`, who may read figures, watch a scope from now on. NotFound: the catalogue has no
  /// such scope. ResourceExhausted: as many watch as may. Unavailable: starting or stopping.
  absl::StatusOr<std::shared_ptr<Watch>> Begin(const std::string& scope, door::CallerPtr caller);

  /// How everything stands now. Watches that are behind go on from here, not from one before.
  void Tell(const standing::StandingPtr& standing);

  /// To be called about once a second: ends the watches of callers who are no longer let in and
  /// those that have lived for limits::kMaxWatchLife, and wakes the others.
  void Look();

  /// Ends every watch with Unavailable, and refuses those to come.
  void Drain();

 private:
  friend class Watch;

  /// nullptr: none was told yet.
  standing::StandingPtr Newest() const;
  /// Changes() of `before`, which may be nullptr, and `after`.
  std::shared_ptr<const ioc::v1::WatchResponse> ChangesOf(const std::string& scope,
                                                          const WatchScope& found,
                                                          const standing::StandingPtr& before,
                                                          const standing::StandingPtr& after);
  void Forget(Watch* watch);
  std::vector<std::shared_ptr<Watch>> All() const;

  const engine::Engine& engine_;
  door::Doorkeeper& doorkeeper_;
  const Clock& clock_;
  exposition::DaemonMetrics& metrics_;

  mutable Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<Watch*, std::weak_ptr<Watch>> watches_ ABSL_GUARDED_BY(mutex_);

  mutable Mutex told_mutex_;
  standing::StandingPtr newest_ ABSL_GUARDED_BY(told_mutex_);
  standing::StandingPtr previous_ ABSL_GUARDED_BY(told_mutex_);
  // From the previous one to the newest, by scope.
  absl::flat_hash_map<std::string, std::shared_ptr<const ioc::v1::WatchResponse>> changes_
      ABSL_GUARDED_BY(told_mutex_);
};

}  // namespace iocd::query
