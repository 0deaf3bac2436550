#include "eventlog/filler.h"

#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;

/// Expects sound groups from the first to the last byte; their number.
int CountGroups(absl::string_view bytes, std::uint64_t position) {
  int groups = 0;
  while (!bytes.empty()) {
    const auto group = DecodeGroup(bytes, position);
    if (!group) {
      ADD_FAILURE() << "no sound group " << bytes.size() << " bytes before the end";
      break;
    }
    position += group->size();
    bytes.remove_prefix(group->size());
    ++groups;
  }
  return groups;
}

TEST(FillerTest, TakesExactlyTheBytesAskedFor) {
  for (const std::uint64_t bytes : {32, 37, 38, 64, 69, 1000, 123'456}) {
    const auto filler = FillerGroups(4711, bytes);
    ASSERT_TRUE(filler) << bytes;
    EXPECT_EQ(filler->size(), bytes);
    EXPECT_EQ(CountGroups(*filler, 4711), 1);
  }
}

TEST(FillerTest, RefusesSizesThatNoGroupHas) {
  for (const std::uint64_t bytes : {0, 1, 31, 33, 34, 35, 36}) {
    EXPECT_FALSE(FillerGroups(4711, bytes)) << bytes;
  }
}

TEST(FillerTest, TakesSeveralGroupsWhereOneCannotHoldIt) {
  const std::uint64_t largest = kGroupHeaderBytes + kMaxGroupPayloadBytes;
  EXPECT_EQ(CountGroups(*FillerGroups(0, largest), 0), 1);
  for (const std::uint64_t more : {1, 31, 32, 36, 37, 1000}) {
    const auto filler = FillerGroups(99, largest + more);
    ASSERT_EQ(filler->size(), largest + more);
    EXPECT_EQ(CountGroups(*filler, 99), 2) << more;
  }
}

class FillerInALogTest : public LogFixture {};

TEST_F(FillerInALogTest, LetsReplayPassAStretchThatWasDamaged) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  const std::uint64_t begin = log_->NextPosition();
  ASSERT_TRUE(Append({"damaged"}).ok());
  const std::uint64_t end = log_->NextPosition();
  ASSERT_TRUE(Append({"c"}).ok());
  FlipByte(begin + kGroupHeaderBytes);
  ASSERT_TRUE(absl::IsDataLoss(Open()));
  ASSERT_TRUE(disk_.Overwrite(Segment(), begin, *FillerGroups(begin, end - begin)).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_THAT(codes_, ElementsAre("a", "c"));
  EXPECT_EQ(replayed_.lost_bytes, end - begin - kGroupHeaderBytes);
  EXPECT_EQ(replayed_.records, 2u);
}

}  // namespace
}  // namespace iocd::eventlog
