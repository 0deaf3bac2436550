#include "http/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace iocd::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(TargetTest, TakesPathAndParametersApart) {
  const auto target = ParseTarget("/a/b?x=1&y=&z&&x=a=b");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->path, "/a/b");
  EXPECT_THAT(target->parameters,
              ElementsAre(Pair("x", "1"), Pair("y", ""), Pair("z", ""), Pair("x", "a=b")));
}

TEST(TargetTest, DecodesAfterTakingApart) {
  const auto target = ParseTarget("/a+b%3f?x=%26%3D+%2B");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->path, "/a+b?");
  EXPECT_THAT(target->parameters, ElementsAre(Pair("x", "&= +")));
}

TEST(TargetTest, RefusesEscapesThatAreNone) {
  for (const char* text : {"/%", "/%4", "/%4g", "/a?x=%", "/a?%zz=1"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParseTarget(text).status())) << text;
  }
  EXPECT_TRUE(ParseTarget("/%41").ok());
}

TEST(TargetTest, RefusesWhatIsNotUtf8) {
  EXPECT_TRUE(absl::IsInvalidArgument(ParseTarget("/a?x=%ff").status()));
}

}  // namespace
}  // namespace iocd::http
