// Room is reserved before a group is written, so that a full disk is met with nothing written.

#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;

class ReservationTest : public LogFixture {};

TEST_F(ReservationTest, AFullDiskIsMetWithNothingWrittenAndTheSameSegmentGoesOn) {
  reserve_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  const std::string bytes = disk_.Contents(Segment());
  disk_.SetCapacity(bytes.size() + 10);
  EXPECT_TRUE(absl::IsResourceExhausted(Append({std::string(200, 'x')})));
  EXPECT_TRUE(log_->Failed());
  EXPECT_EQ(disk_.Contents(Segment()), bytes);

  disk_.SetCapacity(1 << 20);
  ASSERT_TRUE(Append({"after"}).ok());
  EXPECT_FALSE(log_->Failed());
  EXPECT_EQ(log_->SegmentCount(), 1u);
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept", "after"));
}

TEST_F(ReservationTest, TakesWhatTheGroupNeedsWhereAWholeStepDoesNotFit) {
  ASSERT_TRUE(Open().ok());
  const std::size_t needed = Group({"fits"}).size();
  disk_.SetCapacity(kSegmentHeaderBytes + needed);
  EXPECT_TRUE(Append({"fits"}).ok());
  EXPECT_TRUE(absl::IsResourceExhausted(Append({"too much"})));
}

TEST_F(ReservationTest, AFullDiskIsMetWithNothingWrittenWhenASegmentBegins) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"some department"}).ok());
  const std::uint64_t next = log_->NextPosition();
  disk_.SetCapacity(next + kSegmentHeaderBytes);
  EXPECT_TRUE(absl::IsResourceExhausted(Append({"next"})));
  EXPECT_EQ(disk_.Contents(Segment(next)), "");
  disk_.SetCapacity(1 << 20);
  ASSERT_TRUE(Append({"next"}).ok());
  EXPECT_EQ(log_->SegmentCount(), 2u);
}

TEST_F(ReservationTest, CostsNoCallPerGroup) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"the first takes a step"}).ok());
  const int before = disk_.Calls();
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(Append({"next"}).ok());
  EXPECT_EQ(disk_.Calls() - before, 2 * 100) << "a write and a sync for each";
}

}  // namespace
}  // namespace iocd::eventlog
