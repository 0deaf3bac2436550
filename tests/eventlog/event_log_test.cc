#include "eventlog/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eventlog/define_record.h"
#include "eventlog/group_format.h"
#include "support/memory_file_system.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EventLogTest : public ::testing::Test {
 protected:
  /// Opens the log; `codes_` holds what replay delivered.
  absl::Status Open() {
    codes_.clear();
    replayed_ = {};
    log_.reset();
    auto opened = EventLog::Open(
        {"/log", segment_bytes_}, disk_,
        [&](const RawRecord& raw, std::uint64_t position) {
          codes_.push_back(ParseDefineRecord(raw.body)->code);
          positions_.push_back(position);
          return absl::OkStatus();
        },
        &replayed_);
    if (!opened.ok()) return opened.status();
    log_ = *std::move(opened);
    return absl::OkStatus();
  }

  absl::Status Append(const std::vector<std::string>& codes) {
    if (absl::Status rolled = log_->RollIfFull(); !rolled.ok()) return rolled;
    std::string group(kGroupHeaderBytes, '\0');
    for (const std::string& code : codes) AppendTo(&group, {DefinedThing::kDepartment, 1, code});
    return log_->Append(&group);
  }

  std::string Segment(std::uint64_t base = 0) const { return "/log/" + SegmentName(base); }

  void FlipByte(std::size_t offset, std::uint64_t base = 0) {
    std::string bytes = disk_.Contents(Segment(base));
    bytes.at(offset) = static_cast<char>(bytes.at(offset) ^ 0x40);
    disk_.SetContents(Segment(base), bytes);
  }

  std::uint64_t segment_bytes_ = 1 << 20;
  iocd::testing::MemoryFileSystem disk_;
  std::unique_ptr<EventLog> log_;
  EventLog::Replayed replayed_;
  std::vector<std::string> codes_;
  std::vector<std::uint64_t> positions_;
};

TEST_F(EventLogTest, ReplaysWhatWasAppendedInOrder) {
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, IsEmpty());
  ASSERT_TRUE(Append({"a", "b"}).ok());
  ASSERT_TRUE(Append({"c"}).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a", "b", "c"));
  EXPECT_EQ(replayed_.torn_bytes, 0u);
}

TEST_F(EventLogTest, KeepsWhatAppendAnsweredWhenPowerIsLost) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  disk_.Crash();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a"));
}

TEST_F(EventLogTest, CutsATailTornAtAnyByteAndGoesOn) {
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

TEST_F(EventLogTest, CutsATailOfZeros) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.SetContents(Segment(), disk_.Contents(Segment()) + std::string(10'000, '\0'));
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept"));
  EXPECT_EQ(replayed_.torn_bytes, 10'000u);
}

TEST_F(EventLogTest, StopsAtDamageBelowAcknowledgedData) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"first"}).ok());
  ASSERT_TRUE(Append({"second"}).ok());
  const std::string sound = disk_.Contents(Segment());
  FlipByte(kSegmentHeaderBytes + kGroupHeaderBytes + 3);
  const absl::Status status = Open();
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(Segment() + " at byte 32"));
  disk_.SetContents(Segment(), sound);
  EXPECT_TRUE(Open().ok()) << "a refused start must not change the log";
}

TEST_F(EventLogTest, StopsAtDamageInASegmentThatIsNotTheLast) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(Append({"some department"}).ok());
  ASSERT_GT(disk_.Paths().size(), 2u);
  const std::size_t last_byte = disk_.Contents(Segment()).size() - 1;
  FlipByte(last_byte);
  EXPECT_TRUE(absl::IsDataLoss(Open()));
}

TEST_F(EventLogTest, StopsWhenASegmentIsMissing) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(Append({"some department"}).ok());
  const std::vector<std::string> paths = disk_.Paths();
  iocd::testing::MemoryFileSystem other;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (i != 1) other.SetContents(paths[i], disk_.Contents(paths[i]));
  }
  const auto opened = EventLog::Open(
      {"/log", segment_bytes_}, other,
      [](const RawRecord&, std::uint64_t) { return absl::OkStatus(); }, &replayed_);
  EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
}

TEST_F(EventLogTest, BeginsANewSegmentWhenOneIsFullAndReplaysAcross) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  for (const char* code : {"a", "b", "c", "d", "e"}) ASSERT_TRUE(Append({code}).ok());
  EXPECT_GT(disk_.Paths().size(), 1u);
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(EventLogTest, StartsAnewWhenPowerWasLostWhileASegmentWasCreated) {
  segment_bytes_ = 100;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"some department"}).ok());
  const std::uint64_t next = log_->NextPosition();
  for (const std::size_t header_bytes : {std::size_t{0}, kSegmentHeaderBytes / 2}) {
    disk_.SetContents(Segment(next), EncodeSegmentHeader(next).substr(0, header_bytes));
    ASSERT_TRUE(Open().ok());
    EXPECT_THAT(codes_, ElementsAre("some department"));
    EXPECT_EQ(log_->NextPosition(), next + kSegmentHeaderBytes);
  }
}

TEST_F(EventLogTest, TakesNothingMoreAfterAFailedSync) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailSync(1);
  EXPECT_FALSE(Append({"unknown"}).ok());
  EXPECT_FALSE(Append({"after"}).ok()) << "a second sync proves nothing";
  disk_.Crash();
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept"));
}

TEST_F(EventLogTest, TakesNothingMoreAfterAFailedWriteAndCutsItAtTheNextStart) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"kept"}).ok());
  disk_.FailWrite(1);
  EXPECT_FALSE(Append({"half"}).ok());
  EXPECT_FALSE(Append({"after"}).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("kept"));
  EXPECT_GT(replayed_.torn_bytes, 0u);
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

TEST_F(EventLogTest, RefusesALogOfAnUnknownVersion) {
  disk_.SetContents(Segment(), std::string("IOCDLOG\n\x02", 9) + std::string(100, '\0'));
  EXPECT_TRUE(absl::IsDataLoss(Open()));
}

}  // namespace
}  // namespace iocd::eventlog
