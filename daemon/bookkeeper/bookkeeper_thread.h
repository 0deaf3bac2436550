#pragma once

#include <future>
#include <thread>

#include "bookkeeper/bookkeeper.h"

namespace iocd::bookkeeper {

/// Lets a bookkeeper look every kLookEvery, on a thread of its own, from its beginning to its end
/// or Stop().
class BookkeeperThread {
 public:
  static constexpr Duration kLookEvery = {100'000'000};
  /// How long the last round may take: the daemon has 10 s to end.
  static constexpr Duration kPatience = Duration::Seconds(2);

  /// The bookkeeper outlives the thread.
  explicit BookkeeperThread(Bookkeeper& bookkeeper);
  ~BookkeeperThread() { Stop(); }
  BookkeeperThread(const BookkeeperThread&) = delete;
  BookkeeperThread& operator=(const BookkeeperThread&) = delete;

  /// Lets the bookkeeper finish, and returns when it has. Idempotent.
  void Stop();

 private:
  Bookkeeper& bookkeeper_;
  std::promise<void> stop_;
  std::thread thread_;
};

}  // namespace iocd::bookkeeper
