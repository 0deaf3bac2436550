#include "config/utf8.h"

#include <gtest/gtest.h>

namespace iocd::config {
namespace {

TEST(Utf8Test, TakesEveryLengthOfCharacter) {
  EXPECT_EQ(FirstLineThatIsNotUtf8(""), std::nullopt);
  EXPECT_EQ(FirstLineThatIsNotUtf8("Sở Thông tin\n€\n\U0001F600\n"), std::nullopt);
  EXPECT_EQ(FirstLineThatIsNotUtf8("\xF4\x8F\xBF\xBF"), std::nullopt);  // U+10FFFF
}

TEST(Utf8Test, NamesTheLineOfWhatRfc3629Forbids) {
  EXPECT_EQ(FirstLineThatIsNotUtf8("a\nb\nS\xECn"), 3);      // Latin 1
  EXPECT_EQ(FirstLineThatIsNotUtf8("\xC0\xAF"), 1);          // overlong
  EXPECT_EQ(FirstLineThatIsNotUtf8("\xE0\x80\xAF"), 1);      // overlong
  EXPECT_EQ(FirstLineThatIsNotUtf8("\xED\xA0\x80"), 1);      // surrogate
  EXPECT_EQ(FirstLineThatIsNotUtf8("\xF4\x90\x80\x80"), 1);  // above U+10FFFF
  EXPECT_EQ(FirstLineThatIsNotUtf8("\xF8\x88\x80\x80\x80"), 1);
  EXPECT_EQ(FirstLineThatIsNotUtf8("\x80"), 1);      // a continuation alone
  EXPECT_EQ(FirstLineThatIsNotUtf8("\xE1\xBB"), 1);  // cut off
}

}  // namespace
}  // namespace iocd::config
