// After a write or a sync that failed the segment takes no more; the log goes on in a new one.

#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;

class AbandonedSegmentTest : public LogFixture {};

TEST_F(AbandonedSegmentTest, TakesNothingMoreAndTheLogGoesOnInANewOne) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  const std::uint64_t end = log_->NextPosition();
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"unknown"}).ok());
  EXPECT_TRUE(log_->Failed());
  std::string group = Group({"unprepared"});
  EXPECT_FALSE(log_->Append(&group).ok()) << "a second sync proves nothing";
  EXPECT_EQ(log_->NextPosition(), end);

  ASSERT_TRUE(Append({"after"}).ok());
  EXPECT_FALSE(log_->Failed());
  EXPECT_EQ(disk_.Paths(), (std::vector<std::string>{Segment(), Segment(end)}));
  disk_.Crash();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept", "after"));
}

TEST_F(AbandonedSegmentTest, CountsItsFailedGroupNoMoreOnceANewSegmentHasBegun) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"unknown"}).ok());
  const std::size_t abandoned = Group({"unknown"}).size();
  ASSERT_TRUE(log_->Prepare(100, arrival_).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept"));
  EXPECT_EQ(replayed_.abandoned_bytes, abandoned);
  EXPECT_EQ(replayed_.torn_bytes, 0u);
}

TEST_F(AbandonedSegmentTest, LeavesNoHalfOfAWriteBehind) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailWrite(1);
  EXPECT_FALSE(Append({"half"}).ok());
  ASSERT_TRUE(Append({"after"}).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept", "after"));
  EXPECT_GT(replayed_.abandoned_bytes, 0u);
}

TEST_F(AbandonedSegmentTest, IsReadWithItsUnknownGroupIfTheRestartComesFirst) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailWrite(1);
  EXPECT_FALSE(Append({"half"}).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept"));
  EXPECT_GT(replayed_.torn_bytes, 0u);
  ASSERT_TRUE(Append({"after"}).ok());
  EXPECT_EQ(log_->SegmentCount(), 1u);
}

TEST_F(AbandonedSegmentTest, IsFollowedByOneThatTriesAgainUntilItIsDurable) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"unknown"}).ok());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"the new header's sync fails"}).ok());
  EXPECT_TRUE(log_->Failed());
  disk_.FailWrite(1);
  EXPECT_FALSE(Append({"the new header is written in part"}).ok());
  ASSERT_TRUE(Append({"after"}).ok());
  disk_.Crash();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept", "after"));
}

TEST_F(AbandonedSegmentTest, IsFollowedByAnotherFileAtEachTry) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"some department"}).ok());
  const std::string next = Segment(log_->NextPosition());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"next"}).ok());
  const auto half_made = disk_.OpenForRead(next);
  ASSERT_TRUE(half_made.ok());
  ASSERT_TRUE(Append({"next"}).ok());
  EXPECT_EQ(*(*half_made)->Size(), kSegmentHeaderBytes) << "what it holds is in doubt as a whole";
  EXPECT_GT(disk_.Contents(next).size(), kSegmentHeaderBytes);
}

TEST_F(AbandonedSegmentTest, TakesNoMarkEither) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"unknown"}).ok());
  EXPECT_FALSE(log_->AppendMark().ok());
}

TEST_F(AbandonedSegmentTest, DamageBelowItsEndIsFound) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"unknown"}).ok());
  ASSERT_TRUE(Append({"after"}).ok());
  FlipByte(log_->NextPosition() - 1 - disk_.Contents(LastSegment()).size());
  EXPECT_TRUE(absl::IsDataLoss(Open()));
}

TEST_F(AbandonedSegmentTest, AHalfMadeLastSegmentIsAsIfItHadNotBeen) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"some department"}).ok());
  const std::uint64_t next = log_->NextPosition();
  for (const std::size_t header_bytes : {std::size_t{0}, kSegmentHeaderBytes / 2}) {
    disk_.SetContents(Segment(next), EncodeSegmentHeader({next, arrival_}).substr(0, header_bytes));
    ASSERT_TRUE(Open().ok());
    EXPECT_THAT(codes_, ElementsAre("some department"));
    EXPECT_EQ(log_->NextPosition(), next);
    disk_.Crash();
    EXPECT_EQ(disk_.Paths(), std::vector<std::string>{Segment()});
  }
}

TEST_F(AbandonedSegmentTest, AHalfMadeSegmentProvesWhatStandsBelowIt) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"some department"}).ok());
  const std::uint64_t next = log_->NextPosition();
  disk_.SetContents(Segment(next), "");
  FlipByte(next - 1);
  EXPECT_TRUE(absl::IsDataLoss(Open()));
}

TEST_F(AbandonedSegmentTest, AHeaderWhoseSyncFailedIsMadeDurableByTheNextStart) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"some department"}).ok());
  const std::uint64_t next = log_->NextPosition();
  disk_.FailSync(1);
  EXPECT_FALSE(log_->Prepare(100, arrival_).ok());
  ASSERT_TRUE(Open().ok());
  ASSERT_EQ(log_->NextPosition(), next + kSegmentHeaderBytes);
  disk_.Crash();
  EXPECT_EQ(disk_.Contents(Segment(next)), EncodeSegmentHeader({next, arrival_}));
}

}  // namespace
}  // namespace iocd::eventlog
