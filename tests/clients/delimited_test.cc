#include "iocctl/delimited.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace iocctl {
namespace {

using ::testing::ElementsAre;

std::vector<Record> Split(absl::string_view content, char separator) {
  auto records = SplitDelimited(content, separator);
  EXPECT_TRUE(records.ok()) << records.status();
  return records.ok() ? *records : std::vector<Record>();
}

TEST(DelimitedTest, SplitsLinesWithEitherEnding) {
  const auto records = Split("a,b\r\nc,\n,d", ',');
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(records[1].fields, ElementsAre("c", ""));
  EXPECT_THAT(records[2].fields, ElementsAre("", "d"));
}

TEST(DelimitedTest, LeavesOutCommentsEmptyLinesAndTheByteOrderMark) {
  const auto records = Split("\xef\xbb\xbf# head\n\na\tb\n# \"between\nc\td\n", '\t');
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "b"));
  EXPECT_EQ(records[0].line, 3);
  EXPECT_EQ(records[1].line, 5);
}

TEST(DelimitedTest, KeepsSeparatorsQuotesAndLineBreaksInQuotedFields) {
  const auto records = Split("\"a,\"\"b\"\"\",\"two\nlines\"\nnext,x\n", ',');
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].fields, ElementsAre("a,\"b\"", "two\nlines"));
  EXPECT_EQ(records[1].line, 3);
}

TEST(DelimitedTest, HasNoQuotesInTabSeparatedText) {
  EXPECT_THAT(Split("\"a\tb\"\n", '\t')[0].fields, ElementsAre("\"a", "b\""));
}

TEST(DelimitedTest, SaysWhereAQuoteIsNotClosed) {
  EXPECT_EQ(SplitDelimited("a\n\"b\nc\n", ',').status().message(),
            "2: a quote is opened here and never closed");
}

TEST(DelimitedTest, SaysWhereTextFollowsAClosingQuote) {
  EXPECT_EQ(SplitDelimited("a\nx,\"b\"c\n", ',').status().message(),
            "2: text after a closing quote");
}

}  // namespace
}  // namespace iocctl
