#include "base/checksum.h"

#include <gtest/gtest.h>

#include <string>

namespace iocd {
namespace {

TEST(ChecksumTest, IsWhatXxhsumPrints) {
  // printf '' | xxhsum -H2; printf 'iocd' | xxhsum -H2
  EXPECT_EQ(ChecksumOf(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(ChecksumOf("iocd"), "bc0b18490e074b7ba5b3849db1f13f04");
}

TEST(ChecksumTest, IsTheSameHoweverTheBytesCome) {
  const std::string bytes(1'000'000, 'x');
  Checksum pieces;
  pieces.Add(bytes.substr(0, 1));
  pieces.Add(bytes.substr(1, 700'000));
  pieces.Add("");
  pieces.Add(bytes.substr(700'001));
  EXPECT_EQ(pieces.Hex(), ChecksumOf(bytes));
  pieces.Add("y");
  EXPECT_NE(pieces.Hex(), ChecksumOf(bytes));
}

}  // namespace
}  // namespace iocd
