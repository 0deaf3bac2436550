#include "engine/producer_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "base/limits.h"

namespace iocd::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Kind = Verdict::Kind;

Taken TakenAs(std::uint64_t content) { return {.content = {content, 0}, .accepted = 1}; }

Kind JudgeAs(const ProducerHistory& history, eventlog::Sequence sequence, std::uint64_t content) {
  return history.Judge(sequence, {content, 0}).kind;
}

TEST(ProducerHistoryTest, TellsARepeatFromAReuse) {
  ProducerHistory history;
  EXPECT_EQ(JudgeAs(history, 1, 7), Kind::kNew);
  history.Take(1, TakenAs(7));
  EXPECT_EQ(JudgeAs(history, 1, 7), Kind::kRepeat);
  EXPECT_EQ(JudgeAs(history, 1, 8), Kind::kReused);
  EXPECT_EQ(JudgeAs(history, 2, 7), Kind::kNew);
}

TEST(ProducerHistoryTest, TakesSequencesInAnyOrderWithGaps) {
  ProducerHistory history;
  std::vector<eventlog::Sequence> order;
  for (eventlog::Sequence sequence = 1; sequence <= 500; ++sequence) order.push_back(sequence);
  std::mt19937 random(3);
  std::shuffle(order.begin(), order.end(), random);
  std::set<eventlog::Sequence> taken;
  for (const eventlog::Sequence sequence : order) {
    EXPECT_EQ(JudgeAs(history, sequence, sequence), Kind::kNew);
    history.Take(sequence, TakenAs(sequence));
    taken.insert(sequence);
    const eventlog::Sequence probe = 1 + random() % 500;
    EXPECT_EQ(JudgeAs(history, probe, probe), taken.contains(probe) ? Kind::kRepeat : Kind::kNew);
  }
}

TEST(ProducerHistoryTest, ForgetsTheAnswersOfOldSequencesButNotThatTheyWereTaken) {
  ProducerHistory history;
  for (eventlog::Sequence sequence = 1; sequence <= limits::kRememberedSequences + 1; ++sequence) {
    history.Take(sequence, TakenAs(sequence));
  }
  EXPECT_EQ(JudgeAs(history, 1, 1), Kind::kExpiredRepeat);
  EXPECT_EQ(JudgeAs(history, 1, 999), Kind::kExpiredRepeat) << "its content is forgotten too";
  EXPECT_EQ(JudgeAs(history, 2, 2), Kind::kRepeat);
}

TEST(ProducerHistoryTest, ClosesTheOldestGapWhenThereAreTooManyRanges) {
  ProducerHistory history;
  // Even sequences only: each its own range.
  for (std::size_t i = 1; i <= limits::kMaxSequenceRanges; ++i) history.Take(2 * i, TakenAs(i));
  EXPECT_EQ(JudgeAs(history, 1, 0), Kind::kNew);
  EXPECT_EQ(JudgeAs(history, 3, 0), Kind::kNew);
  history.Take(2 * (limits::kMaxSequenceRanges + 1), TakenAs(0));
  EXPECT_EQ(JudgeAs(history, 1, 0), Kind::kBelowFloor);
  EXPECT_EQ(JudgeAs(history, 3, 0), Kind::kBelowFloor);
  EXPECT_EQ(JudgeAs(history, 5, 0), Kind::kNew);
  EXPECT_EQ(JudgeAs(history, 2, 1), Kind::kRepeat) << "what is remembered stays a repeat";
}

TEST(ProducerHistoryTest, RefusesAJumpThatIsTooFar) {
  ProducerHistory history;
  EXPECT_EQ(JudgeAs(history, limits::kMaxSequenceJump, 0), Kind::kNew);
  EXPECT_EQ(JudgeAs(history, limits::kMaxSequenceJump + 1, 0), Kind::kTooFarAhead);
  history.Take(10, TakenAs(0));
  EXPECT_EQ(JudgeAs(history, limits::kMaxSequenceJump + 10, 0), Kind::kNew);
  EXPECT_EQ(JudgeAs(history, limits::kMaxSequenceJump + 11, 0), Kind::kTooFarAhead);
  EXPECT_EQ(JudgeAs(history, ~std::uint64_t{0}, 0), Kind::kTooFarAhead);
}

// Sequences that were judged before others of their group raised the floor opened ranges below it;
// when one of those was closed, the floor fell, and what had been taken above it counted as new.
TEST(ProducerHistoryTest, AFloorNeverFalls) {
  ProducerHistory history;
  for (std::size_t i = 1; i <= limits::kMaxSequenceRanges; ++i) history.Take(10 * i, TakenAs(i));
  const eventlog::Sequence next = 10 * (limits::kMaxSequenceRanges + 1);
  ASSERT_EQ(JudgeAs(history, 3, 0), Kind::kNew);
  ASSERT_EQ(JudgeAs(history, 12, 0), Kind::kNew);
  history.Take(next, TakenAs(0));
  ASSERT_EQ(JudgeAs(history, 19, 0), Kind::kBelowFloor);
  for (eventlog::Sequence joins = 21; joins < 30; ++joins) history.Take(joins, TakenAs(0));
  history.Take(3, TakenAs(0));
  history.Take(12, TakenAs(0));
  EXPECT_EQ(JudgeAs(history, 19, 0), Kind::kBelowFloor);
  EXPECT_EQ(JudgeAs(history, 3, 0), Kind::kRepeat);
  EXPECT_EQ(JudgeAs(history, 12, 0), Kind::kRepeat);
}

TEST(ProducerHistoryTest, TellsHowFarItHasComeAndWhatIsMissing) {
  ProducerHistory history;
  EXPECT_EQ(history.Progress().highest, 0U);
  EXPECT_THAT(history.Progress().gaps, IsEmpty());
  for (const eventlog::Sequence sequence : {2, 3, 7, 9, 8}) history.Take(sequence, TakenAs(1));
  const ProducerProgress progress = history.Progress();
  EXPECT_EQ(progress.highest, 9U);
  EXPECT_EQ(progress.closed_through, 0U);
  EXPECT_THAT(progress.gaps, ElementsAre(SequenceRange{1, 1}, SequenceRange{4, 6}));
}

TEST(ProducerHistoryTest, AClosedGapIsNoneThatMayStillBeFilled) {
  ProducerHistory history;
  for (std::size_t i = 1; i <= limits::kMaxSequenceRanges + 1; ++i) history.Take(2 * i, TakenAs(i));
  const ProducerProgress progress = history.Progress();
  EXPECT_EQ(progress.closed_through, 3U);
  ASSERT_EQ(progress.gaps.size(), limits::kMaxSequenceRanges - 1);
  EXPECT_EQ(progress.gaps.front(), (SequenceRange{5, 5}));
}

}  // namespace
}  // namespace iocd::engine
