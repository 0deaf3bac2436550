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

constexpr SegmentHeader kHeader{123, Timestamp::FromSeconds(1'700'000'000)};

TEST(GroupFormatTest, ReadsBackASegmentHeader) {
  const std::string bytes = EncodeSegmentHeader(kHeader);
  EXPECT_EQ(bytes.size(), kSegmentHeaderBytes);
  EXPECT_EQ(DecodeSegmentHeader(bytes + "what follows"), kHeader);
  EXPECT_FALSE(OtherFormatVersion(bytes));
}

TEST(GroupFormatTest, RefusesASegmentHeaderWithAnyByteChanged) {
  const std::string sound = EncodeSegmentHeader(kHeader);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string damaged = sound;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(DecodeSegmentHeader(damaged)) << "byte " << i;
    EXPECT_FALSE(OtherFormatVersion(damaged)) << "byte " << i;
  }
}

TEST(GroupFormatTest, RefusesASegmentHeaderCutAnywhere) {
  const std::string sound = EncodeSegmentHeader(kHeader);
  for (std::size_t size = 0; size < sound.size(); ++size) {
    EXPECT_FALSE(DecodeSegmentHeader(absl::string_view(sound).substr(0, size))) << size;
    EXPECT_FALSE(OtherFormatVersion(absl::string_view(sound).substr(0, size))) << size;
  }
}

TEST(GroupFormatTest, TellsASegmentOfAnotherVersion) {
  EXPECT_EQ(OtherFormatVersion(absl::string_view("IOCDLOG\n\x01\0\0\0", 12)), 1u);
  EXPECT_EQ(OtherFormatVersion(absl::string_view("IOCDLOG\n\x03\0\0\0 and what more", 25)), 3u);
  EXPECT_FALSE(OtherFormatVersion(absl::string_view("JOCDLOG\n\x03\0\0\0", 12)));
}

}  // namespace
}  // namespace iocd::eventlog
