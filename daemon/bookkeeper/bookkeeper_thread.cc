#include "bookkeeper/bookkeeper_thread.h"

#include <chrono>

namespace iocd::bookkeeper {

BookkeeperThread::BookkeeperThread(Bookkeeper& bookkeeper) : bookkeeper_(bookkeeper) {
  thread_ = std::thread([&bookkeeper, stop = stop_.get_future()] {
    constexpr std::chrono::nanoseconds kPause(kLookEvery.nanos), kNone(0);
    bool more = true;
    while (stop.wait_for(more ? kNone : kPause) != std::future_status::ready) {
      more = bookkeeper.Look();
    }
    bookkeeper.Finish(kPatience);
  });
}

void BookkeeperThread::Stop() {
  if (!thread_.joinable()) return;
  bookkeeper_.Hurry();
  stop_.set_value();
  thread_.join();
}

}  // namespace iocd::bookkeeper
