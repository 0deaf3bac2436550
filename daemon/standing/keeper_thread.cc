#include "standing/keeper_thread.h"

#include <chrono>

namespace iocd::standing {

KeeperThread::KeeperThread(StandingKeeper& keeper) {
  thread_ = std::thread([&keeper, stop = stop_.get_future()] {
    constexpr std::chrono::nanoseconds kPause(StandingKeeper::kLookEvery.nanos);
    do {
      keeper.Look();
    } while (stop.wait_for(kPause) != std::future_status::ready);
  });
}

void KeeperThread::Stop() {
  if (!thread_.joinable()) return;
  stop_.set_value();
  thread_.join();
}

}  // namespace iocd::standing
