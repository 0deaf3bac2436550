#include "standing/keeper_thread.h"

#include <gtest/gtest.h>

#include "base/mutex.h"
#include "base/processor_time.h"
#include "base/system_clock.h"
#include "exposition/populated_engine.h"

namespace iocd::standing {
namespace {

/// Waits until the province's flow is told to be `flow`.
class FlowWaiter {
 public:
  void Tell(const StandingPtr& standing) {
    MutexLock lock(mutex_);
    flow_ = standing->indicators.front().value;
    told_.NotifyAll();
  }
  void WaitFor(double flow) {
    MutexLock lock(mutex_);
    while (flow_ != flow) told_.Wait(mutex_);
  }

 private:
  Mutex mutex_;
  CondVar told_;
  std::optional<double> flow_ ABSL_GUARDED_BY(mutex_);
};

TEST(KeeperThreadTest, WhatIsPushedIsToldUntilItStops) {
  const SystemClock clock;
  iocd::testing::EngineHarness harness;
  ASSERT_TRUE(harness.Start().ok());
  StandingKeeper keeper(harness.engine(), clock, &ProcessorTimeOfThread);
  FlowWaiter waiter;
  keeper.AddListener([&](const StandingPtr& standing, Duration) { waiter.Tell(standing); });
  KeeperThread thread(keeper);
  double flow = 0;
  for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
    const Timestamp now = clock.Now();
    const auto event = harness.Event("a", "flow", now, 1);
    ASSERT_TRUE(
        harness.Push(harness.MakeBatch("test", eventlog::Sequence{sequence}, {event}, now)).ok());
    waiter.WaitFor(++flow);
  }
  thread.Stop();
  thread.Stop();
}

}  // namespace
}  // namespace iocd::standing
