#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "access/access_control.h"
#include "door/doorkeeper.h"
#include "exposition/daemon_metrics.h"
#include "exposition/populated_engine.h"
#include "query/watchers.h"
#include "standing/standing.h"
#include "support/manual_clock.h"
#include "support/recorded_entries.h"

namespace iocd::testing {

/// A populated engine (populated_engine.h) and those who watch it; a standing is told when a test
/// says so.
class WatchedCentre : public ::testing::Test {
 protected:
  engine::Engine& engine() { return populated_.harness().engine(); }

  /// Department a's flow grows by `value`; it was 7, and 12 in the province.
  void Push(double value) {
    EngineHarness& harness = populated_.harness();
    const auto event = harness.Event("a", "flow", clock_.Now(), value);
    EXPECT_TRUE(harness
                    .Push(harness.MakeBatch("watched", eventlog::Sequence{++sequence_}, {event},
                                            clock_.Now()))
                    .ok());
  }
  /// Tells how everything stands now.
  void Tell() {
    watchers_.Tell(
        std::make_shared<const standing::Standing>(standing::TakeStanding(engine(), clock_.Now())));
  }

  PopulatedEngine populated_;
  ManualClock clock_{kNow};
  RecordedEntries recorded_;
  exposition::DaemonMetrics metrics_;
  access::AccessControl access_;
  door::Doorkeeper doorkeeper_{access_, clock_, recorded_, metrics_};
  query::Watchers watchers_{engine(), doorkeeper_, clock_, metrics_};
  std::uint64_t sequence_ = 0;
};

}  // namespace iocd::testing
