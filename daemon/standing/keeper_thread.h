#pragma once

#include <future>
#include <thread>

#include "standing/standing_keeper.h"

namespace iocd::standing {

/// Lets a keeper look every StandingKeeper::kLookEvery, on a thread of its own, from its beginning
/// to its end or Stop().
class KeeperThread {
 public:
  /// The engine is ready. The keeper outlives the thread.
  explicit KeeperThread(StandingKeeper& keeper);
  ~KeeperThread() { Stop(); }
  KeeperThread(const KeeperThread&) = delete;
  KeeperThread& operator=(const KeeperThread&) = delete;

  /// Returns when the keeper looks no more. Idempotent; not to be called by a listener.
  void Stop();

 private:
  std::promise<void> stop_;
  std::thread thread_;
};

}  // namespace iocd::standing
