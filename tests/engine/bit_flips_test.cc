// Whatever bit turns over in a data directory: the engine starts with the very state that was
// taken, or it says which file is damaged. A snapshot that is damaged costs nothing, for there is
// another. And no answer is ever given from a damaged record.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/watched_engine.h"

namespace iocd::engine {
namespace {

using iocd::testing::MemoryFileSystem;
using ::testing::HasSubstr;

constexpr int kFlips = IOCD_BIT_FLIPS;

struct Place {
  std::string path;
  std::size_t offset;
};

class BitFlipsTest : public ::testing::Test {
 protected:
  /// A data directory with two snapshots and several segments. `marked`: with what a clean stop
  /// writes behind the last group.
  void Live(bool keep_old_segments, bool marked) {
    life_.RemoveOldSegments(!keep_old_segments);
    life_.Start();
    life_.Push(6);
    life_.PushDuringSnapshot(5);
    life_.Push(6);
    life_.PushDuringSnapshot(5);
    life_.Push(6);
    if (marked) life_.Stop();
    life_.Die();
    for (const std::string& path : disk_.Paths()) {
      (absl::EndsWith(path, ".snapshot") ? snapshots_ : segments_).push_back(path);
    }
    ASSERT_EQ(snapshots_.size(), 2u);
    ASSERT_GE(segments_.size(), 4u);
    state_ = life_.taken().EncodedState();
    state_before_last_ = life_.taken().WithoutLast().EncodedState();
  }

  Place RandomPlace(const std::vector<std::string>& paths) {
    const std::string& path = paths[random_() % paths.size()];
    return {path, random_() % disk_.Contents(path).size()};
  }

  /// The disk with one bit turned over at each of these places.
  MemoryFileSystem Flipped(const std::vector<Place>& places) {
    MemoryFileSystem disk(disk_);
    for (const auto& [path, offset] : places) {
      std::string bytes = disk.Contents(path);
      bytes[offset] = static_cast<char>(bytes[offset] ^ (1 << random_() % 8));
      disk.SetContents(path, bytes);
    }
    return disk;
  }

  /// Each repeat is answered as then, or not at all; how many could not be.
  int RepeatEach(WatchedEngine* engine) {
    int unanswered = 0;
    for (const TakenBatch& taken : life_.taken().all()) {
      const auto answer = engine->Send(taken.batch);
      EXPECT_TRUE(answer.ok()) << answer.status();
      if (!answer.ok()) continue;
      EXPECT_TRUE(answer->duplicate);
      unanswered += answer->answer_expired;
      if (answer->answer_expired) continue;
      EXPECT_EQ(answer->accepted, taken.answer.accepted);
      EXPECT_EQ(answer->refusals, taken.answer.refusals);
    }
    return unanswered;
  }

  MemoryFileSystem disk_;
  WatchedEngine life_{disk_};
  std::vector<std::string> snapshots_, segments_;
  std::string state_, state_before_last_;
  std::mt19937 random_{20261126};
};

TEST_F(BitFlipsTest, OfSegmentsAreToldOrHitNothingThatIsRead) {
  ASSERT_NO_FATAL_FAILURE(Live(/*keep_old_segments=*/true, /*marked=*/false));
  int refused = 0, torn = 0, unanswered = 0;
  for (int i = 0; i < kFlips; ++i) {
    const Place place = RandomPlace(segments_);
    SCOPED_TRACE(absl::StrCat(place.path, " at byte ", place.offset));
    MemoryFileSystem disk = Flipped({place});
    WatchedEngine engine(disk, life_);
    if (!engine.Open()) {
      ++refused;
      EXPECT_TRUE(absl::IsDataLoss(engine.refusal())) << engine.refusal();
      EXPECT_THAT(std::string(engine.refusal().message()), HasSubstr(place.path));
    } else if (engine.recovery().log.torn_bytes > 0) {
      // Nothing proves that the last group was durable, so it may have been cut by a loss of power.
      ++torn;
      EXPECT_EQ(engine.recovery().log.torn_file, place.path);
      EXPECT_TRUE(engine.EncodedState() == state_before_last_);
    } else {
      EXPECT_TRUE(engine.EncodedState() == state_);
      unanswered += RepeatEach(&engine);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(refused, kFlips / 10);
  EXPECT_GT(torn, 0);
  EXPECT_GT(unanswered, 0) << "refusals stood in what was damaged";
}

TEST_F(BitFlipsTest, TakeNoBatchInSilenceAfterACleanStop) {
  ASSERT_NO_FATAL_FAILURE(Live(/*keep_old_segments=*/true, /*marked=*/true));
  for (int i = 0; i < kFlips; ++i) {
    const Place place = RandomPlace(segments_);
    SCOPED_TRACE(absl::StrCat(place.path, " at byte ", place.offset));
    MemoryFileSystem disk = Flipped({place});
    WatchedEngine engine(disk, life_);
    if (engine.Open()) {
      EXPECT_TRUE(engine.EncodedState() == state_);
    } else {
      EXPECT_TRUE(absl::IsDataLoss(engine.refusal())) << engine.refusal();
      EXPECT_THAT(std::string(engine.refusal().message()), HasSubstr(place.path));
    }
    if (HasFailure()) return;
  }
}

TEST_F(BitFlipsTest, OfASnapshotAreToldAndTheOtherGivesTheSameState) {
  ASSERT_NO_FATAL_FAILURE(Live(/*keep_old_segments=*/false, /*marked=*/false));
  for (int i = 0; i < kFlips; ++i) {
    const Place place = RandomPlace(snapshots_);
    SCOPED_TRACE(absl::StrCat(place.path, " at byte ", place.offset));
    MemoryFileSystem disk = Flipped({place});
    WatchedEngine engine(disk, life_);
    ASSERT_TRUE(engine.Open()) << engine.refusal();
    EXPECT_TRUE(engine.EncodedState() == state_);
    const std::vector<std::string>& damaged = engine.recovery().snapshot.damaged;
    if (place.path == snapshots_.back()) {
      ASSERT_EQ(damaged.size(), 1u);
      EXPECT_THAT(damaged[0], HasSubstr(place.path));
    } else {
      EXPECT_TRUE(damaged.empty()) << "the older one is not read";
    }
    if (HasFailure()) return;
  }
}

TEST_F(BitFlipsTest, OfBothSnapshotsAreToldIfTheLogDoesNotReachBack) {
  ASSERT_NO_FATAL_FAILURE(Live(/*keep_old_segments=*/false, /*marked=*/false));
  for (int i = 0; i < kFlips / 10; ++i) {
    MemoryFileSystem disk = Flipped({RandomPlace({snapshots_[0]}), RandomPlace({snapshots_[1]})});
    WatchedEngine engine(disk, life_);
    ASSERT_FALSE(engine.Open());
    EXPECT_TRUE(absl::IsDataLoss(engine.refusal())) << engine.refusal();
    EXPECT_THAT(std::string(engine.refusal().message()), HasSubstr(snapshots_[1]));
  }
}

}  // namespace
}  // namespace iocd::engine
