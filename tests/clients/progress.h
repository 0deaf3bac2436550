#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace ioc::client {

/// Counts what has come to pass, so that moments can be chosen by it. Thread-safe.
class Progress {
 public:
  void Add() {
    std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }

  std::uint64_t count() const {
    std::lock_guard lock(mutex_);
    return count_;
  }

  /// Waits for so many more. Fails the test if that takes a minute.
  void Await(std::uint64_t more) {
    std::unique_lock lock(mutex_);
    const std::uint64_t enough = count_ + more;
    ASSERT_TRUE(changed_.wait_for(lock, std::chrono::minutes(1), [&] { return count_ >= enough; }))
        << "nothing goes on: " << count_ << " of " << enough;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t count_ = 0;
};

}  // namespace ioc::client
