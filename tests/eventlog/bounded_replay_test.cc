// Replay from the position of a snapshot.

#include "absl/strings/str_cat.h"
#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class BoundedReplayTest : public LogFixture {
 protected:
  /// Appends a group for each code, over several segments; their positions go to `starts_`.
  void AppendEach(const std::vector<std::string>& codes) {
    segment_bytes_ = 150;
    ASSERT_TRUE(Open().ok());
    for (const std::string& code : codes) {
      starts_.push_back(log_->NextPosition());
      ASSERT_TRUE(Append({code}).ok());
    }
  }

  std::vector<std::uint64_t> starts_;  // taken before a segment may have begun
};

TEST_F(BoundedReplayTest, VisitsFromEveryPositionWhatStandsAtOrAboveIt) {
  const std::vector<std::string> codes = {"a", "b", "c", "d", "e", "f", "g", "h"};
  AppendEach(codes);
  ASSERT_GT(log_->SegmentCount(), 3u);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    ASSERT_TRUE(Open({.position = starts_[i], .synced_through = starts_[i]}).ok());
    EXPECT_EQ(codes_, std::vector<std::string>(codes.begin() + i, codes.end()));
  }
  const std::uint64_t end = log_->NextPosition();
  ASSERT_TRUE(Open({.position = end, .synced_through = end}).ok());
  EXPECT_THAT(codes_, IsEmpty());
  EXPECT_EQ(log_->NextPosition(), end);
}

TEST_F(BoundedReplayTest, DoesNotReadSegmentsBelowThePosition) {
  AppendEach({"a", "b", "c", "d", "e", "f", "g", "h"});
  const std::uint64_t third = *ParseSegmentName(disk_.Paths().at(2).substr(5));
  ASSERT_TRUE(Open({.position = third, .synced_through = third}).ok());
  const std::uint64_t bytes = replayed_.bytes;
  EXPECT_EQ(bytes, log_->NextPosition() - third) << "the end of a segment is the next one's base";
  FlipByte(kSegmentHeaderBytes);
  EXPECT_TRUE(Open({.position = third, .synced_through = third}).ok());
  EXPECT_TRUE(absl::IsDataLoss(Open()));
}

TEST_F(BoundedReplayTest, ChecksHeadersOfSegmentsBelowThePosition) {
  AppendEach({"a", "b", "c", "d", "e", "f", "g", "h"});
  const std::uint64_t end = log_->NextPosition();
  FlipByte(kSegmentHeaderBytes - 1);
  EXPECT_TRUE(absl::IsDataLoss(Open({.position = end, .synced_through = end})));
}

TEST_F(BoundedReplayTest, SaysThatTheLogBeginsTooLate) {
  AppendEach({"a", "b", "c", "d", "e"});
  const std::uint64_t second = *ParseSegmentName(disk_.Paths().at(1).substr(5));
  ASSERT_TRUE(disk_.Remove(Segment()).ok());
  const absl::Status status = Open({.position = second - 1, .synced_through = second});
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
  EXPECT_THAT(std::string(status.message()),
              HasSubstr(absl::StrCat("begins at position ", second,
                                     ", but is needed from position ", second - 1)));
  EXPECT_TRUE(Open({.position = second, .synced_through = second}).ok());
}

TEST_F(BoundedReplayTest, SkipsWhatASnapshotHoldsOfASegmentAndVisitsTheRest) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a", "b"}).ok());
  const std::uint64_t position = log_->NextPosition();
  ASSERT_TRUE(Append({"c"}).ok());
  ASSERT_TRUE(Open({.position = position, .synced_through = position}).ok());
  EXPECT_THAT(codes_, ElementsAre("c"));
  EXPECT_EQ(replayed_.records, 1u);
}

}  // namespace
}  // namespace iocd::eventlog
