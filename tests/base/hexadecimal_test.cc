#include "base/hexadecimal.h"

#include <gtest/gtest.h>

namespace iocd {
namespace {

TEST(HexadecimalTest, IsExactlySoManyDigitsInLowerCase) {
  EXPECT_TRUE(IsHexadecimal("0123456789abcdef", 16));
  EXPECT_TRUE(IsHexadecimal("", 0));
  EXPECT_FALSE(IsHexadecimal("0123456789abcdef", 15));
  EXPECT_FALSE(IsHexadecimal("0123456789abcdef", 17));
  EXPECT_FALSE(IsHexadecimal("ABCDEF", 6));
  EXPECT_FALSE(IsHexadecimal("12345g", 6));
  EXPECT_FALSE(IsHexadecimal(absl::string_view("12\0 45", 6), 6));
}

}  // namespace
}  // namespace iocd
