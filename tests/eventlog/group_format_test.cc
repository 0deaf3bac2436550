#include "eventlog/group_format.h"

#include <gtest/gtest.h>

namespace iocd::eventlog {
namespace {

std::string MakeGroup(absl::string_view payload, std::uint64_t position) {
  std::string group(kGroupHeaderBytes, '\0');
  group.append(payload.data(), payload.size());
  SealGroup(&group, position, position);
  return group;
}

TEST(GroupFormatTest, ReadsBackWhatItSealed) {
  const std::string bytes = MakeGroup("payload", 4711) + "what follows";
  const auto group = DecodeGroup(bytes, 4711);
  ASSERT_TRUE(group);
  EXPECT_EQ(group->payload, "payload");
  EXPECT_EQ(group->synced_through, 4711u);
}

TEST(GroupFormatTest, RefusesAGroupAtAnotherPosition) {
  EXPECT_FALSE(DecodeGroup(MakeGroup("payload", 4711), 4712));
}

TEST(GroupFormatTest, RefusesAGroupWithAnyByteChanged) {
  const std::string sound = MakeGroup("payload", 32);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string damaged = sound;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    EXPECT_FALSE(DecodeGroup(damaged, 32)) << "byte " << i;
  }
}

TEST(GroupFormatTest, RefusesAGroupCutAnywhere) {
  const std::string sound = MakeGroup("payload", 32);
  for (std::size_t size = 0; size < sound.size(); ++size) {
    EXPECT_FALSE(DecodeGroup(absl::string_view(sound).substr(0, size), 32)) << size << " bytes";
  }
}

TEST(GroupFormatTest, NamesOfSegmentsSortByTheirBase) {
  EXPECT_EQ(SegmentName(7), "00000000000000000007.log");
  EXPECT_LT(SegmentName(99), SegmentName(100));
  EXPECT_EQ(ParseSegmentName(SegmentName(268435488)), 268435488u);
}

TEST(GroupFormatTest, LeavesOtherFilesAlone) {
  for (const char* name : {"lock", "1.log", "0000000000000000000x.log", "00000000000000000007.bak",
                           "99999999999999999999.log"}) {
    EXPECT_FALSE(ParseSegmentName(name)) << name;
  }
}

TEST(GroupFormatTest, RefusesASegmentHeaderWithAnyByteChanged) {
  const std::string sound = EncodeSegmentHeader(123);
  ASSERT_EQ(sound.size(), kSegmentHeaderBytes);
  EXPECT_EQ(DecodeSegmentHeader(sound), 123u);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string damaged = sound;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(DecodeSegmentHeader(damaged)) << "byte " << i;
  }
}

}  // namespace
}  // namespace iocd::eventlog
