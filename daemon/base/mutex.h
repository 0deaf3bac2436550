#pragma once

#include <condition_variable>
#include <mutex>

// Clang's thread-safety annotations over the standard mutex. The standard one, because ThreadSanitizer
// reports races inside the Abseil of Debian 12 that are none.
#if defined(__clang__)
#define IOCD_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define IOCD_THREAD_ANNOTATION(x)
#endif

#define GUARDED_BY(x) IOCD_THREAD_ANNOTATION(guarded_by(x))
#define REQUIRES(...) IOCD_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) IOCD_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))

namespace iocd {

class IOCD_THREAD_ANNOTATION(capability("mutex")) Mutex {
 public:
  void Lock() IOCD_THREAD_ANNOTATION(acquire_capability()) { mutex_.lock(); }
  void Unlock() IOCD_THREAD_ANNOTATION(release_capability()) { mutex_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

class IOCD_THREAD_ANNOTATION(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) IOCD_THREAD_ANNOTATION(acquire_capability(mutex))
      : mutex_(mutex) {
    mutex_.Lock();
  }
  ~MutexLock() IOCD_THREAD_ANNOTATION(release_capability()) { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

class CondVar {
 public:
  /// Waits for a notification; the caller holds the mutex and checks its condition in a loop.
  void Wait(Mutex& mutex) REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace iocd
