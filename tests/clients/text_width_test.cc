#include "iocctl/text_width.h"

#include "gtest/gtest.h"

namespace iocctl {
namespace {

TEST(TextWidthTest, CountsVietnameseLettersAsOneColumnEach) {
  EXPECT_EQ(DisplayWidth("Sở Nội vụ"), 9u);
  EXPECT_EQ(DisplayWidth("Tỷ lệ"), 5u);
}

TEST(TextWidthTest, CountsCombiningMarksAsNothing) {
  EXPECT_EQ(DisplayWidth("So\u031b\u0309"), 2u);  // "Sở" in decomposed form
}

TEST(TextWidthTest, CountsWideCharactersAsTwoColumns) { EXPECT_EQ(DisplayWidth("山羅"), 4u); }

TEST(TextWidthTest, CountsEachByteThatIsNotUtf8AsOneColumn) {
  EXPECT_EQ(DisplayWidth("a\xff\xe1z"), 4u);
  EXPECT_EQ(DisplayWidth("\xe1\xba"), 2u);
}

TEST(TextWidthTest, PadsUpToTheWidthAndNeverCuts) {
  EXPECT_EQ(PadRight("Sở", 4), "Sở  ");
  EXPECT_EQ(PadLeft("Sở", 4), "  Sở");
  EXPECT_EQ(PadLeft("long", 2), "long");
}

}  // namespace
}  // namespace iocctl
