#include "engine/producer_histories.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace iocd::engine {
namespace {

using Kind = Verdict::Kind;

class ProducerHistoriesTest : public ::testing::Test {
 protected:
  Kind JudgeAs(const std::string& producer, eventlog::Sequence sequence) {
    return histories_.Judge(producer, sequence, {sequence, 0}).kind;
  }

  void Take(const std::string& producer, eventlog::Sequence sequence) {
    histories_.Take(producer, sequence, {.content = {sequence, 0}, .position = ++position_});
  }

  /// Takes one batch of each of so many producers of new names.
  void TakeOthers(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) Take("other " + std::to_string(++others_), 1);
  }

  ProducerHistories histories_;
  std::uint64_t position_ = 0;
  std::size_t others_ = 0;
};

TEST_F(ProducerHistoriesTest, KeepsTheProducersOfTheLimitExactly) {
  Take("first", 1);
  Take("first", 3);
  TakeOthers(limits::kMaxProducersPerDepartment - 1);
  EXPECT_EQ(JudgeAs("first", 1), Kind::kRepeat);
  EXPECT_EQ(JudgeAs("first", 2), Kind::kNew);
}

TEST_F(ProducerHistoriesTest, RetiresTheQuietestAndNeverCountsItsBatchesAgain) {
  Take("quiet", 1);
  Take("quiet", 5);
  Take("busy", 1);
  TakeOthers(limits::kMaxProducersPerDepartment - 2);
  Take("busy", 2);
  TakeOthers(1);
  for (const eventlog::Sequence sequence : {1, 2, 5}) {
    EXPECT_EQ(JudgeAs("quiet", sequence), Kind::kBelowFloor) << sequence;
  }
  EXPECT_EQ(JudgeAs("busy", 1), Kind::kRepeat);
}

TEST_F(ProducerHistoriesTest, ARetiredProducerGoesOnAboveItsHighest) {
  Take("quiet", 5);
  TakeOthers(limits::kMaxProducersPerDepartment);
  EXPECT_EQ(JudgeAs("quiet", 6), Kind::kNew);
  EXPECT_EQ(JudgeAs("quiet", 5 + limits::kMaxSequenceJump + 1), Kind::kTooFarAhead);
  Take("quiet", 6);
  EXPECT_EQ(JudgeAs("quiet", 6), Kind::kRepeat);
  EXPECT_EQ(JudgeAs("quiet", 5), Kind::kBelowFloor);
  EXPECT_EQ(JudgeAs("quiet", 7), Kind::kNew);
}

TEST_F(ProducerHistoriesTest, RefusesNewNamesOnceNoMoreMayRetire) {
  TakeOthers(limits::kMaxProducersPerDepartment + limits::kMaxRetiredProducers);
  EXPECT_EQ(JudgeAs("one too many", 1), Kind::kTooManyProducers);
  EXPECT_EQ(JudgeAs("other 1", 2), Kind::kNew) << "a known name goes on";
}

TEST_F(ProducerHistoriesTest, ARetiredProducerHasNoGapsLeft) {
  Take("quiet", 5);
  EXPECT_EQ(histories_.ProgressOf("quiet").gaps.size(), 1U);
  TakeOthers(limits::kMaxProducersPerDepartment);
  const ProducerProgress progress = histories_.ProgressOf("quiet");
  EXPECT_EQ(progress.highest, 5U);
  EXPECT_EQ(progress.closed_through, 5U);
  EXPECT_TRUE(progress.gaps.empty());
  EXPECT_EQ(histories_.ProgressOf("nobody").highest, 0U);
}

TEST_F(ProducerHistoriesTest, EqualHistoriesEncodeEqually) {
  Take("a", 1);
  TakeOthers(limits::kMaxProducersPerDepartment);
  ProducerHistories same = histories_;
  std::string first, second;
  histories_.EncodeTo(&first);
  same.EncodeTo(&second);
  EXPECT_EQ(first, second);
  same.Take("a", 2, {.content = {2, 0}, .position = ++position_});
  second.clear();
  same.EncodeTo(&second);
  EXPECT_NE(first, second);
}

}  // namespace
}  // namespace iocd::engine
