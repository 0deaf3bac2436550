#include "query/watch.h"

#include <utility>

#include "base/limits.h"
#include "query/watchers.h"

namespace iocd::query {

Watch::Watch(Watchers& watchers, std::string scope, door::CallerPtr caller, Duration begun)
    : watchers_(watchers), scope_(std::move(scope)), begun_(begun), caller_(std::move(caller)) {}

Watch::~Watch() { watchers_.Forget(this); }

void Watch::Start(std::weak_ptr<WatchReader> reader) {
  {
    MutexLock lock(mutex_);
    reader_ = std::move(reader);
  }
  Wake();
}

Watch::Step Watch::Next() {
  MutexLock lock(mutex_);
  if (!end_.ok()) return {nullptr, end_};
  standing::StandingPtr newest = watchers_.Newest();
  if (newest == known_) return {};
  const auto scope = FindWatchScope(*newest->catalogue, scope_);
  if (!scope.ok()) {  // another catalogue was loaded
    // One that has it is at work already, and a standing of it is to come.
    if (newest->catalogue != watchers_.engine_.catalogue()) return {};
    end_ = scope.status();
    return {nullptr, end_};
  }
  Step step{watchers_.ChangesOf(scope_, *scope, known_, newest), absl::OkStatus()};
  known_ = std::move(newest);
  return step;
}

std::shared_ptr<WatchReader> Watch::reader() const {
  MutexLock lock(mutex_);
  return reader_.lock();
}

// The reader is called without the mutex: it calls Next().
void Watch::Wake() {
  if (const auto found = reader()) found->Wake();
}

void Watch::End(absl::Status why) {
  {
    MutexLock lock(mutex_);
    if (end_.ok()) end_ = std::move(why);
  }
  Wake();
}

void Watch::Look(Duration since_boot) {
  bool stuck = false;
  {
    MutexLock lock(mutex_);
    if (!end_.ok()) stuck = std::exchange(looked_at_end_, true);
  }
  if (stuck) {
    if (const auto found = reader()) found->BreakOff();
    return;
  }
  if (!RenewCaller()) return;
  if (since_boot.nanos - begun_.nanos >= limits::kMaxWatchLife.nanos) {
    return End(absl::UnavailableError("this has been watched as long as one may: call again"));
  }
  Wake();
}

bool Watch::RenewCaller() {
  door::CallerPtr caller;
  {
    MutexLock lock(mutex_);
    if (!end_.ok()) return true;
    caller = caller_;
  }
  auto renewed = watchers_.doorkeeper_.Renew(caller, access::Action::kReadFigures);
  if (!renewed.ok()) {
    End(renewed.status());
    return false;
  }
  MutexLock lock(mutex_);
  caller_ = *std::move(renewed);
  return true;
}

}  // namespace iocd::query
