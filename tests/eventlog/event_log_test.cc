#include "eventlog/event_log.h"

#include "base/coding.h"
#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EventLogTest : public LogFixture {};

TEST_F(EventLogTest, ReplaysWhatWasAppendedInOrder) {
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, IsEmpty());
  ASSERT_TRUE(Append({"a", "b"}).ok());
  ASSERT_TRUE(Append({"c"}).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a", "b", "c"));
  EXPECT_EQ(replayed_.records, 3u);
  EXPECT_EQ(replayed_.torn_bytes, 0u);
}

TEST_F(EventLogTest, KeepsWhatAppendAnsweredWhenPowerIsLost) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  disk_.Crash();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a"));
}

TEST_F(EventLogTest, BeginsANewSegmentWhenOneIsFullAndReplaysAcross) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  for (const char* code : {"a", "b", "c", "d", "e"}) ASSERT_TRUE(Append({code}).ok());
  EXPECT_GT(log_->SegmentCount(), 1u);
  EXPECT_EQ(log_->SegmentCount(), disk_.Paths().size());
  const std::uint64_t end = log_->NextPosition();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_EQ(log_->NextPosition(), end);
  EXPECT_EQ(log_->Bytes(), end);
}

TEST_F(EventLogTest, ReadsARecordBackByItsPosition) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  for (const char* code : {"a", "b", "c", "d", "e"}) ASSERT_TRUE(Append({code}).ok());
  ASSERT_TRUE(Open().ok());
  ASSERT_EQ(positions_.size(), 5u);
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    const auto body = log_->ReadBody(positions_[i]);
    ASSERT_TRUE(body.ok()) << body.status();
    EXPECT_EQ(ParseDefineRecord(*body)->code, codes_[i]);
  }
}

// ReadBody() once read a record without a look at its group's checksum: a repeat was answered with
// whatever stood where the refusals of its batch had been.
TEST_F(EventLogTest, ReadsNoRecordBackOutOfADamagedGroup) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a", "b"}).ok());
  ASSERT_TRUE(Append({"c"}).ok());
  const std::string sound = disk_.Contents(Segment());
  ASSERT_TRUE(Open().ok());
  const std::uint64_t end_of_first = positions_[2] - kGroupHeaderBytes;
  for (std::size_t offset = kSegmentHeaderBytes; offset < sound.size(); ++offset) {
    disk_.SetContents(Segment(), sound);
    FlipByte(offset);
    const bool first_is_damaged = offset < end_of_first;
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      const auto body = log_->ReadBody(positions_[i]);
      if ((i < 2) == first_is_damaged) {
        EXPECT_TRUE(absl::IsDataLoss(body.status())) << "byte " << offset << ", record " << i;
      } else {
        ASSERT_TRUE(body.ok()) << body.status();
        EXPECT_EQ(ParseDefineRecord(*body)->code, codes_[i]);
      }
    }
  }
}

TEST_F(EventLogTest, ReadsARecordBackFromFarBehindTheHeaderOfItsGroup) {
  ASSERT_TRUE(Open().ok());
  const std::vector<std::string> codes = {std::string(30'000, 'a'), "IOCG", std::string(9'000, 'b'),
                                          "c"};
  ASSERT_TRUE(Append(codes).ok());
  ASSERT_TRUE(Open().ok());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto body = log_->ReadBody(positions_[i]);
    ASSERT_TRUE(body.ok()) << body.status();
    EXPECT_EQ(ParseDefineRecord(*body)->code, codes[i]);
  }
}

TEST_F(EventLogTest, MarksItsEndOnce) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(log_->AppendMark().ok());
  EXPECT_EQ(log_->NextPosition(), kSegmentHeaderBytes) << "there is nothing to prove";
  ASSERT_TRUE(Append({"a"}).ok());
  const std::uint64_t end = log_->NextPosition();
  ASSERT_TRUE(log_->AppendMark().ok());
  ASSERT_TRUE(log_->AppendMark().ok());
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(log_->AppendMark().ok());
  EXPECT_EQ(log_->NextPosition(), end + kGroupHeaderBytes);
  ASSERT_TRUE(Append({"b"}).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a", "b"));
}

TEST_F(EventLogTest, RefusesALogOfAnotherVersionAndLeavesItAsItIs) {
  for (const auto& [version, sentence] :
       {std::pair{1,
                  "/log/00000000000000000000.log was written by an older iocd (format 1); this "
                  "one reads format 2: start the older one, or restore a backup"},
        {3,
         "/log/00000000000000000000.log was written by a newer iocd (format 3); this one reads "
         "format 2: start the newer one, or restore a backup"}}) {
    std::string bytes = EncodeSegmentHeader({0, arrival_}).substr(0, 32) + std::string(100, 'x');
    PutAt<std::uint32_t>(&bytes, 8, version);
    disk_.SetContents(Segment(), bytes);
    const absl::Status status = Open();
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(sentence));
    EXPECT_EQ(disk_.Contents(Segment()), bytes);
  }
}

TEST_F(EventLogTest, CallsADamagedVersionDamage) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  FlipByte(8);
  EXPECT_TRUE(absl::IsDataLoss(Open()));
}

}  // namespace
}  // namespace iocd::eventlog
