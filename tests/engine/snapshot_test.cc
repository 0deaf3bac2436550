// Snapshots of a living engine: a restart goes on from them with the very state that was lost.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "snapshot/snapshot_directory.h"
#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using ::testing::HasSubstr;

constexpr char kSnapshots[] = "/data/snapshots";
const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

class SnapshotTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(harness_.Start().ok()); }

  Batch OneEvent(eventlog::BatchKey key, const std::string& producer = "p") {
    return harness_.MakeBatch(producer, std::move(key), {harness_.Event("a", "flow", kNow, 1)},
                              kNow);
  }

  void Push(std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t sequence = first; sequence <= last; ++sequence) {
      const auto answer = harness_.Push(OneEvent(sequence));
      ASSERT_TRUE(answer.ok()) << answer.status();
      ASSERT_FALSE(answer->duplicate);
    }
  }

  /// Loses the process and everything unsynced; what comes back equals what was there.
  void KillAndCompare() {
    const std::string before = harness_.EncodedState();
    harness_.Kill();
    ASSERT_TRUE(harness_.Start().ok());
    EXPECT_TRUE(harness_.EncodedState() == before) << "the state must be equal to the last bit";
  }

  std::vector<snapshot::SnapshotFile> Snapshots() {
    return *snapshot::ListSnapshots(harness_.disk(), kSnapshots);
  }

  void Damage(const std::string& path) {
    std::string bytes = harness_.disk().Contents(path);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    harness_.disk().SetContents(path, bytes);
  }

  iocd::testing::EngineHarness harness_;
};

TEST_F(SnapshotTest, ARestartReadsOnlyTheLogBehindIt) {
  Push(1, 5);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  Push(6, 8);
  KillAndCompare();
  EXPECT_EQ(harness_.recovery().batches, 3u);
  EXPECT_THAT(harness_.recovery().snapshot.damaged, ::testing::IsEmpty());
}

TEST_F(SnapshotTest, KeepsWhatWasTakenForRepeats) {
  Push(1, 3);
  ASSERT_TRUE(harness_.Push(OneEvent(std::string("id-1"))).ok());
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  KillAndCompare();
  EXPECT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{2}))->duplicate);
  EXPECT_TRUE(harness_.Push(OneEvent(std::string("id-1")))->duplicate);
  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{4}))->duplicate);
}

TEST_F(SnapshotTest, ACleanStopLeavesNothingToRead) {
  Push(1, 5);
  const std::string before = harness_.EncodedState();
  harness_.Stop();
  ASSERT_TRUE(harness_.Start().ok());
  EXPECT_EQ(harness_.recovery().batches, 0u);
  EXPECT_TRUE(harness_.EncodedState() == before);
}

TEST_F(SnapshotTest, ASecondStopWithoutNewsWritesNothing) {
  Push(1, 5);
  harness_.Stop();
  const auto paths = harness_.disk().Paths();
  const std::string log = harness_.disk().Contents("/data/log/00000000000000000000.log");
  ASSERT_TRUE(harness_.Start().ok());
  harness_.Stop();
  EXPECT_EQ(harness_.disk().Paths(), paths);
  EXPECT_EQ(harness_.disk().Contents("/data/log/00000000000000000000.log"), log);
}

TEST_F(SnapshotTest, AHurriedStopLeavesTheLogToRead) {
  Push(1, 5);
  const std::string before = harness_.EncodedState();
  harness_.engine().HurryStop();
  harness_.Stop();
  EXPECT_TRUE(Snapshots().empty());
  ASSERT_TRUE(harness_.Start().ok());
  EXPECT_EQ(harness_.recovery().batches, 5u);
  EXPECT_TRUE(harness_.EncodedState() == before);
}

TEST_F(SnapshotTest, ADamagedOneIsToldAndTheOlderTaken) {
  Push(1, 5);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  Push(6, 8);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  Push(9, 9);
  ASSERT_EQ(Snapshots().size(), 2u);
  const std::string newest = Snapshots().front().path;
  Damage(newest);
  KillAndCompare();
  ASSERT_EQ(harness_.recovery().snapshot.damaged.size(), 1u);
  EXPECT_THAT(harness_.recovery().snapshot.damaged[0], HasSubstr(newest));
  EXPECT_EQ(harness_.recovery().batches, 4u);
  EXPECT_EQ(Snapshots().size(), 1u) << "the damaged one is set aside";
}

TEST_F(SnapshotTest, WithoutASoundOneTheWholeLogIsReadIfItIsThere) {
  Push(1, 5);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  Damage(Snapshots().front().path);
  KillAndCompare();
  EXPECT_EQ(harness_.recovery().batches, 5u);
}

TEST_F(SnapshotTest, SaysWhatToDoIfNothingReachesBack) {
  harness_.Stop();
  harness_.options().segment_bytes = 200;
  harness_.options().retention = {Duration::Days(35), 0};
  ASSERT_TRUE(harness_.Start().ok());
  for (std::uint64_t sequence = 1; sequence <= 9; ++sequence) {
    Push(sequence, sequence);
    ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  }
  harness_.Kill();
  for (const snapshot::SnapshotFile& file : Snapshots()) Damage(file.path);
  const absl::Status refused = harness_.Start();
  EXPECT_TRUE(absl::IsDataLoss(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("iocctl restore"));
}

TEST_F(SnapshotTest, OldSegmentsGoOnceTwoSnapshotsStandForThem) {
  harness_.Stop();
  harness_.options().segment_bytes = 200;
  harness_.options().retention = {Duration::Days(35), 0};
  ASSERT_TRUE(harness_.Start().ok());
  const std::uint64_t first = harness_.engine().LogBytes();
  for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
    Push(sequence, sequence);
    ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
    EXPECT_LT(harness_.engine().LogBytes(), first + 2'000);
  }
  KillAndCompare();
  Push(21, 21);
  EXPECT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}))->duplicate);
}

TEST_F(SnapshotTest, AFailedOneHarmsNothing) {
  Push(1, 5);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  Push(6, 6);
  harness_.disk().FailWrite(1);
  EXPECT_FALSE(harness_.TakeSnapshot().status.ok());
  EXPECT_EQ(Snapshots().size(), 1u);
  Push(7, 7);
  EXPECT_TRUE(harness_.TakeSnapshot().status.ok());
  KillAndCompare();
}

TEST_F(SnapshotTest, IsTakenAfterSoMuchNewLog) {
  harness_.Stop();
  harness_.options().snapshot_every_bytes = 1'000;
  ASSERT_TRUE(harness_.Start().ok());
  Push(1, 20);
  EXPECT_TRUE(harness_.WaitForSnapshot().status.ok());
  EXPECT_FALSE(Snapshots().empty());
}

// A state that is equal to the last bit although every series and every producer was cut at another
// place in the log, with batches in between.
TEST_F(SnapshotTest, IsExactAlthoughBatchesComeWhileItIsCut) {
  for (int round = 0; round < 50; ++round) {
    const std::uint64_t base = static_cast<std::uint64_t>(round) * 20;
    harness_.engine().RequestSnapshot();
    for (std::uint64_t i = 1; i <= 20; ++i) {
      const char* indicators[] = {"flow", "duration", "score", "rank"};
      Batch batch =
          harness_.MakeBatch("p" + std::to_string(i % 3), eventlog::Sequence{base + i},
                             {harness_.Event("a", indicators[i % 4], kNow, static_cast<double>(i)),
                              harness_.Event("b", indicators[(i + 1) % 4], kNow, 1)},
                             kNow);
      ASSERT_TRUE(harness_.Push(std::move(batch)).ok());
    }
    ASSERT_TRUE(harness_.WaitForSnapshot().status.ok());
    ASSERT_NO_FATAL_FAILURE(KillAndCompare());
  }
}

}  // namespace
}  // namespace iocd::engine
