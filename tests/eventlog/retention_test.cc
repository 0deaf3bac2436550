#include "absl/strings/str_cat.h"
#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Timestamp kDayZero = Timestamp::FromSeconds(1'700'000'000);
constexpr std::uint64_t kAnySize = 1 << 30;
constexpr std::uint64_t kWhole = 1 << 30;  // a position behind every end

class RetentionTest : public LogFixture {
 protected:
  void SetUp() override {
    segment_bytes_ = 100;
    ASSERT_TRUE(Open().ok());
    // One segment a day; each is begun with the newest arrival of the day before.
    for (int day = 0; day < 4; ++day) {
      ASSERT_TRUE(Append({absl::StrCat("a department of day ", day)}).ok());
      arrival_ = kDayZero + Duration::Days(day);
    }
    ASSERT_EQ(log_->SegmentCount(), 4u);
    paths_ = disk_.Paths();
  }

  std::uint64_t BaseOf(std::size_t i) const { return *ParseSegmentName(paths_[i].substr(5)); }

  std::vector<std::string> paths_;
};

TEST_F(RetentionTest, ForgetsWhatIsOlderThanTheAge) {
  EXPECT_THAT(log_->ForgetOld(kWhole, {Duration::Days(3), kAnySize}, arrival_), IsEmpty());
  EXPECT_THAT(log_->ForgetOld(kWhole, {Duration::Days(2), kAnySize}, arrival_),
              ElementsAre(paths_[0]));
  EXPECT_THAT(log_->ForgetOld(kWhole, {Duration::Days(2), kAnySize}, arrival_), IsEmpty());
  EXPECT_EQ(log_->SegmentCount(), 3u);
}

TEST_F(RetentionTest, ForgetsTheOldestHoweverYoungUntilTheRestIsSmallEnough) {
  const std::uint64_t two = log_->NextPosition() - BaseOf(2);
  EXPECT_THAT(log_->ForgetOld(kWhole, {Duration::Days(100), two}, arrival_),
              ElementsAre(paths_[0], paths_[1]));
  EXPECT_EQ(log_->Bytes(), two);
}

TEST_F(RetentionTest, KeepsWhatReachesAboveThePosition) {
  EXPECT_THAT(log_->ForgetOld(BaseOf(2) - 1, {Duration{}, 0}, arrival_), ElementsAre(paths_[0]));
  EXPECT_THAT(log_->ForgetOld(BaseOf(2), {Duration{}, 0}, arrival_), ElementsAre(paths_[1]));
}

TEST_F(RetentionTest, NeverForgetsTheSegmentThatIsWritten) {
  EXPECT_THAT(log_->ForgetOld(kWhole, {Duration::Days(-1), 0}, arrival_), SizeIs(3));
  ASSERT_TRUE(Append({"next"}).ok());
}

TEST_F(RetentionTest, KnowsTheAgesAfterARestartWithoutReadingTheSegments) {
  const std::uint64_t end = log_->NextPosition();
  ASSERT_TRUE(Open({.position = end, .synced_through = end}).ok());
  EXPECT_THAT(log_->ForgetOld(kWhole, {Duration::Days(2), kAnySize}, arrival_),
              ElementsAre(paths_[0]));
}

TEST_F(RetentionTest, ReadsNoRecordBackFromWhatIsForgotten) {
  ASSERT_TRUE(Open().ok());
  const auto positions = positions_;
  ASSERT_THAT(log_->ForgetOld(kWhole, {Duration::Days(2), kAnySize}, arrival_), SizeIs(1));
  EXPECT_TRUE(absl::IsNotFound(log_->ReadBody(positions[0]).status()));
  EXPECT_TRUE(log_->ReadBody(positions[1]).ok());
}

TEST_F(RetentionTest, OpensWithAndWithoutTheFilesThatAreForgotten) {
  const std::uint64_t position = BaseOf(2);
  const auto forgotten = log_->ForgetOld(position, {Duration{}, 0}, arrival_);
  ASSERT_THAT(forgotten, SizeIs(2));
  for (const std::string& path : forgotten) {
    ASSERT_TRUE(Open({position, position}).ok());
    EXPECT_THAT(codes_, SizeIs(2));
    ASSERT_TRUE(disk_.Remove(path).ok());
  }
  ASSERT_TRUE(Open({position, position}).ok());
  EXPECT_EQ(log_->SegmentCount(), 2u);
  EXPECT_TRUE(absl::IsNotFound(Open()));
}

}  // namespace
}  // namespace iocd::eventlog
