#include "audit/refusals.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "base/limits.h"
#include "support/manual_clock.h"

namespace iocd::audit {
namespace {

constexpr Duration kSecond = Duration::Seconds(1);

Entry Refusal(const std::string& from, const std::string& why) {
  Entry entry;
  entry.from = from;
  entry.action = kPushRefused;
  entry.outcome = Outcome::kRefused;
  entry.why = why;
  return entry;
}

class RefusalsTest : public ::testing::Test {
 protected:
  std::optional<Logged> Add(const std::string& from, const std::string& why) {
    return refusals_.Add(Refusal(from, why), clock_.ReadBoth());
  }
  std::vector<Logged> Ended() { return refusals_.TakeEnded(clock_.ReadBoth()); }

  iocd::testing::ManualClock clock_{Timestamp::FromSeconds(1'732'000'000)};
  Refusals refusals_;
};

TEST_F(RefusalsTest, TellsTheFirstAtOnceAndItsRepeatsTogetherAfterAMinute) {
  const Timestamp began = clock_.Now();
  const auto first = Add("10.0.0.1", "no");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->times, 1u);
  EXPECT_EQ(first->time, began);
  for (int i = 0; i < 40; ++i) {
    clock_.Advance(kSecond);
    EXPECT_FALSE(Add("10.0.0.1", "no").has_value());
  }
  EXPECT_TRUE(Ended().empty());
  clock_.Advance(Duration::Seconds(20));
  const auto ended = Ended();
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(ended[0].times, 40u);
  EXPECT_EQ(ended[0].since, began + kSecond);
  EXPECT_EQ(ended[0].time, began + Duration::Seconds(40));
  EXPECT_EQ(ended[0].entry.why, "no");
}

TEST_F(RefusalsTest, WritesOneEntryAMinuteOfARefusalThatGoesOn) {
  int entries = 0;
  std::uint64_t times = 0;
  for (int second = 0; second < 600; ++second) {
    if (const auto now = Add("10.0.0.1", "no")) times += now->times, ++entries;
    for (const Logged& ended : Ended()) times += ended.times, ++entries;
    clock_.Advance(kSecond);
  }
  for (const Logged& rest : refusals_.TakeAll()) times += rest.times, ++entries;
  EXPECT_EQ(times, 600u);
  EXPECT_LE(entries, 12);
}

TEST_F(RefusalsTest, ForgetsOneThatDidNotComeAgain) {
  Add("10.0.0.1", "no");
  clock_.Advance(Duration::Seconds(60));
  EXPECT_TRUE(Ended().empty());
  EXPECT_TRUE(Add("10.0.0.1", "no").has_value());
}

TEST_F(RefusalsTest, KeepsItsWindowsThoughSomebodySetsTheClock) {
  Add("10.0.0.1", "no");
  Add("10.0.0.1", "no");
  clock_.Jump(Duration::Seconds(-86'400));
  EXPECT_TRUE(Ended().empty());
  clock_.Advance(Duration::Seconds(60));
  EXPECT_EQ(Ended().size(), 1u);
}

TEST_F(RefusalsTest, TellsCallersActionsAndReasonsApart) {
  EXPECT_TRUE(Add("10.0.0.1", "no").has_value());
  EXPECT_TRUE(Add("10.0.0.2", "no").has_value());
  EXPECT_TRUE(Add("10.0.0.1", "never").has_value());
  Entry other = Refusal("10.0.0.1", "no");
  other.action = kLimit;
  EXPECT_TRUE(refusals_.Add(other, clock_.ReadBoth()).has_value());
  other.who = "somebody";
  EXPECT_TRUE(refusals_.Add(other, clock_.ReadBoth()).has_value());
  EXPECT_FALSE(refusals_.Add(other, clock_.ReadBoth()).has_value());
}

TEST_F(RefusalsTest, CountTogetherThoseOfOneCallerBeyondItsShare) {
  for (std::size_t i = 0; i < limits::kMaxAuditedRefusalsPerCaller; ++i) {
    EXPECT_EQ(Add("10.0.0.1", absl::StrCat("reason ", i))->entry.why, absl::StrCat("reason ", i));
  }
  const auto further = Add("10.0.0.1", "one more");
  ASSERT_TRUE(further.has_value());
  EXPECT_EQ(further->entry.why, "further refusals of this caller, with other reasons");
  EXPECT_EQ(further->entry.from, "10.0.0.1");
  EXPECT_FALSE(Add("10.0.0.1", "and another").has_value());
  EXPECT_TRUE(Add("10.0.0.2", "no").has_value()) << "others are still told apart";
  clock_.Advance(Duration::Seconds(60));
  ASSERT_EQ(Ended().size(), 1u);
  EXPECT_EQ(Add("10.0.0.1", "one more")->entry.why, "one more") << "after the window";
}

TEST_F(RefusalsTest, AreBoundedWhateverComesFromHoweverManyCallers) {
  std::uint64_t entries = 0, times = 0;
  constexpr std::uint64_t kComing = 20'000;
  for (std::uint64_t i = 0; i < kComing; ++i) {
    if (const auto now = Add(absl::StrCat("10.0.0.", i % 5'000), absl::StrCat("reason ", i))) {
      ++entries;
      times += now->times;
    }
  }
  for (const Logged& rest : refusals_.TakeAll()) ++entries, times += rest.times;
  EXPECT_EQ(times, kComing) << "each is counted";
  EXPECT_LE(entries, limits::kMaxAuditedRefusals + 2);
}

}  // namespace
}  // namespace iocd::audit
