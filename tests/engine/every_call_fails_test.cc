// A life of the whole engine, with snapshots while batches go on, segments that are removed, a
// clean stop, a SIGKILL and a loss of power; lived once for each of its calls of the file system
// and each way in which that call can fail, and then ended in each way in which a daemon can end.
// Whatever happens: the next start gives the state of the batches that were acknowledged, equal to
// the last bit, and repeats of them are answered as they were.

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/watched_engine.h"
#include "snapshot/snapshot_directory.h"
#include "support/stop.h"

namespace iocd::engine {
namespace {

using iocd::testing::Fault;
using iocd::testing::kAllFaults;
using iocd::testing::kStops;
using iocd::testing::MemoryFileSystem;
using iocd::testing::Stop;

constexpr int kStride = IOCD_FAULT_STRIDE;  // of the calls, every so manieth fails

void Live(WatchedEngine* engine) {
  engine->Start();
  engine->Push(5);
  engine->PushDuringSnapshot(6);
  engine->Push(2);
  engine->Stop();

  engine->RemoveOldSegments(true);
  engine->Start();
  engine->Push(2);
  engine->PushDuringSnapshot(4);
  engine->RepeatAll();
  engine->Push(2);
  engine->Die();

  engine->Start();
  engine->PushUntilPowerLoss(4);
  engine->Start();
  engine->Push(2);
}

/// Ends a life in this way and expects a daemon that starts, knows all and takes more.
void StopAndCheck(const Stop& stop, bool power_is_off, const MemoryFileSystem& disk_then,
                  const WatchedEngine& life) {
  MemoryFileSystem disk(disk_then);
  if (stop.power_lost || power_is_off) disk.Crash(stop.kept_bytes, stop.names);
  WatchedEngine engine(disk, life);
  ASSERT_TRUE(engine.StartOnce()) << engine.refusal();
  EXPECT_EQ(engine.recovery().snapshot.damaged.size(), 0u);
  EXPECT_EQ(disk.Contents(snapshot::UnfinishedPath("/data/snapshots")), "");
  engine.RepeatAll();
  engine.Push(1);
  EXPECT_FALSE(engine.WithoutAnswer());
  engine.Die();
  disk.Crash();
  ASSERT_TRUE(engine.StartOnce()) << engine.refusal();
  engine.RepeatAll();
}

int CallsOfALife() {
  MemoryFileSystem disk;
  WatchedEngine engine(disk);
  Live(&engine);
  EXPECT_FALSE(engine.WithoutAnswer());
  EXPECT_EQ(engine.taken().all().size(), 27u);
  engine.Die();
  return disk.Calls();
}

TEST(EveryCallFailsTest, TwoEqualLivesMakeEqualCalls) { EXPECT_EQ(CallsOfALife(), CallsOfALife()); }

TEST(EveryCallFailsTest, TheEngineKnowsWhatWasAcknowledgedToTheLastBit) {
  const int calls = CallsOfALife();
  ASSERT_GT(calls, 300);
  int lives = 0, driven = 0;
  for (int call = 1; call <= calls; call += kStride) {
    for (const Fault fault : kAllFaults) {
      MemoryFileSystem disk;
      disk.FailCall(call, fault);
      WatchedEngine engine(disk);
      SCOPED_TRACE(absl::StrCat("call ", call, ": ", Name(fault)));
      Live(&engine);
      ++lives;
      driven += !disk.FailedCall().empty();
      engine.Die();
      for (const Stop& stop : kStops) {
        SCOPED_TRACE(absl::StrCat(disk.FailedCall(), "; then ", stop.name));
        StopAndCheck(stop, fault == Fault::kCrash, disk, engine);
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_EQ(driven, lives) << "each fault was met";
  RecordProperty("faults", driven);
}

}  // namespace
}  // namespace iocd::engine
