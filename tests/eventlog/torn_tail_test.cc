// Damage at the end of the log: what was never acknowledged is cut, what was is never given up in
// silence.

#include <map>

#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TornTailTest : public LogFixture {
 protected:
  /// Expects that the log does not open, and is not changed by the try.
  void ExpectDamage(const std::string& where, EventLog::From from = {}) {
    std::map<std::string, std::string> before;
    for (const std::string& path : disk_.Paths()) before[path] = disk_.Contents(path);
    const absl::Status status = Open(from);
    EXPECT_TRUE(absl::IsDataLoss(status)) << status;
    EXPECT_THAT(std::string(status.message()),
                AllOf(HasSubstr(where), HasSubstr("'iocctl log mend'"),
                      HasSubstr("'iocctl restore'"), HasSubstr("The log was not changed")));
    for (const auto& [path, bytes] : before) EXPECT_EQ(disk_.Contents(path), bytes);
  }
};

TEST_F(TornTailTest, IsCutAtAnyByteAndTheLogGoesOn) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  const std::string sound = disk_.Contents(Segment());
  ASSERT_TRUE(Append({"torn"}).ok());
  const std::string whole = disk_.Contents(Segment());
  for (std::size_t size = sound.size() + 1; size < whole.size(); ++size) {
    disk_.SetContents(Segment(), whole.substr(0, size));
    ASSERT_TRUE(Open().ok());
    EXPECT_THAT(codes_, ElementsAre("kept"));
    EXPECT_EQ(replayed_.torn_bytes, size - sound.size());
    EXPECT_EQ(replayed_.torn_file, Segment());
    ASSERT_TRUE(Append({"next"}).ok());
    ASSERT_TRUE(Open().ok());
    EXPECT_THAT(codes_, ElementsAre("kept", "next"));
  }
}

TEST_F(TornTailTest, OfZerosIsCut) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.SetContents(Segment(), disk_.Contents(Segment()) + std::string(10'000, '\0'));
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept"));
  EXPECT_EQ(replayed_.torn_bytes, 10'000u);
}

TEST_F(TornTailTest, IsCutForGood) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  const std::uint64_t end = log_->NextPosition();
  const std::string sound = disk_.Contents(Segment());
  for (const std::uint64_t known : {std::uint64_t{0}, end}) {
    disk_.SetContents(Segment(), sound + "torn");
    ASSERT_TRUE(Open({.position = 0, .synced_through = known}).ok());
    disk_.Crash();
    EXPECT_EQ(disk_.Contents(Segment()), sound);
  }
}

TEST_F(TornTailTest, IsNoneIfASoundGroupStandsBehindTheDamage) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"first"}).ok());
  ASSERT_TRUE(Append({"second"}).ok());
  const std::string sound = disk_.Contents(Segment());
  FlipByte(kSegmentHeaderBytes + kGroupHeaderBytes + 3);
  ExpectDamage(Segment() + " at byte 40");
  disk_.SetContents(Segment(), sound);
  EXPECT_TRUE(Open().ok());
}

TEST_F(TornTailTest, IsNoneIfAMarkProvesTheLastRecords) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  ASSERT_TRUE(log_->AppendMark().ok());
  FlipByte(kSegmentHeaderBytes + kGroupHeaderBytes);
  ExpectDamage(Segment() + " at byte 40");
}

TEST_F(TornTailTest, OfAMarkTakesNoRecordAlong) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  ASSERT_TRUE(log_->AppendMark().ok());
  FlipByte(disk_.Contents(Segment()).size() - 1);
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a"));
  EXPECT_EQ(replayed_.torn_bytes, kGroupHeaderBytes);
}

TEST_F(TornTailTest, IsNoneBelowWhatASnapshotKnowsToBeDurable) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  const std::uint64_t end = log_->NextPosition();
  FlipByte(end - 1);
  ExpectDamage(Segment() + " at byte 40", {.position = 0, .synced_through = end});
  EXPECT_TRUE(Open({.position = 0, .synced_through = kSegmentHeaderBytes}).ok());
}

TEST_F(TornTailTest, IsNoneIfTheLogEndsBelowWhatASnapshotKnowsToBeDurable) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  const std::uint64_t sound = log_->NextPosition();
  ASSERT_TRUE(Append({"b"}).ok());
  const std::uint64_t end = log_->NextPosition();
  disk_.SetContents(Segment(), disk_.Contents(Segment()).substr(0, sound));
  ExpectDamage("the log ends there", {.position = 0, .synced_through = end});
  ExpectDamage("the log ends there", {.position = end, .synced_through = 0});
  ASSERT_TRUE(disk_.Remove(Segment()).ok());
  ExpectDamage("no segment is left", {.position = end, .synced_through = end});
}

TEST_F(TornTailTest, IsNoneInASegmentThatIsNotTheLast) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(Append({"some department"}).ok());
  ASSERT_GT(log_->SegmentCount(), 2u);
  FlipByte(disk_.Contents(Segment()).size() - 1);
  ExpectDamage(Segment() + " at byte 40");
}

TEST_F(TornTailTest, IsNoneIfASegmentIsMissingOrShort) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(Append({"some department"}).ok());
  const std::string second = disk_.Paths().at(1);
  const std::string bytes = disk_.Contents(second);
  disk_.SetContents(second, bytes.substr(0, bytes.size() - 1));
  ExpectDamage(second + " at byte ");
  ASSERT_TRUE(disk_.Remove(second).ok());
  ExpectDamage(Segment() + " at byte ");
}

TEST_F(TornTailTest, LeavesNoRecordUnprovenThatOpenHasShown) {
  // After a failed sync the group stood in the page cache only. A restart of the daemon, without a
  // restart of the machine, read it from there and answered repeats of it as taken; it went when
  // the power did.
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"unknown"}).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept", "unknown"));
  disk_.Crash();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept", "unknown"));
}

}  // namespace
}  // namespace iocd::eventlog
