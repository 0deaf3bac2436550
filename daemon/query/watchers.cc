#include "query/watchers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/limits.h"

namespace iocd::query {
namespace {

absl::Status Stopping() {
  return absl::UnavailableError("the daemon is stopping: call again in a moment");
}

}  // namespace

absl::StatusOr<std::shared_ptr<Watch>> Watchers::Begin(const std::string& scope,
                                                       door::CallerPtr caller) {
  if (absl::Status ready = engine_.CheckReady(); !ready.ok()) return ready;
  if (const auto found = FindWatchScope(*engine_.catalogue(), scope); !found.ok()) {
    return found.status();
  }
  // Made before the mutex is taken: one that is refused takes it when it goes.
  auto watch = std::make_shared<Watch>(*this, scope, std::move(caller), clock_.SinceBoot());
  MutexLock lock(mutex_);
  if (draining_) return Stopping();
  if (watches_.size() >= limits::kMaxWatchers) {
    metrics_.CountRefusedWatcher();
    return absl::ResourceExhaustedError(
        absl::StrCat(limits::kMaxWatchers, " watch already, as many as may; call again later"));
  }
  watches_.emplace(watch.get(), watch);
  metrics_.SetWatchers(watches_.size());
  return watch;
}

void Watchers::Forget(Watch* watch) {
  MutexLock lock(mutex_);
  if (watches_.erase(watch) > 0) metrics_.SetWatchers(watches_.size());
}

std::vector<std::shared_ptr<Watch>> Watchers::All() const {
  std::vector<std::shared_ptr<Watch>> all;
  MutexLock lock(mutex_);
  for (const auto& entry : watches_) {
    if (auto watch = entry.second.lock()) all.push_back(std::move(watch));
  }
  return all;
}

void Watchers::Tell(const standing::StandingPtr& standing) {
  {
    MutexLock lock(told_mutex_);
    previous_ = std::exchange(newest_, standing);
    changes_.clear();
  }
  for (const auto& watch : All()) watch->Wake();
}

void Watchers::Look() {
  const Duration now = clock_.SinceBoot();
  for (const auto& watch : All()) watch->Look(now);
}

void Watchers::Drain() {
  {
    MutexLock lock(mutex_);
    draining_ = true;
  }
  for (const auto& watch : All()) watch->End(Stopping());
}

standing::StandingPtr Watchers::Newest() const {
  MutexLock lock(told_mutex_);
  return newest_;
}

std::shared_ptr<const ioc::v1::WatchResponse> Watchers::ChangesOf(
    const std::string& scope, const WatchScope& found, const standing::StandingPtr& before,
    const standing::StandingPtr& after) {
  {
    MutexLock lock(told_mutex_);
    if (before != nullptr && before == previous_ && after == newest_) {
      const auto [place, is_new] = changes_.try_emplace(scope);
      if (is_new) place->second = Changes(before.get(), *after, found);
      return place->second;
    }
  }
  return Changes(before.get(), *after, found);
}

}  // namespace iocd::query
