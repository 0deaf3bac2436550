#include "query/to_proto.h"

#include <gtest/gtest.h>

#include "query/unknown_code.h"

namespace iocd::query {
namespace {

TEST(ToProtoTest, CountsTheFractionOfASecondUpwardsAlsoBefore1970) {
  const auto before = ToProto(Timestamp{-1});
  EXPECT_EQ(before.seconds(), -1);
  EXPECT_EQ(before.nanos(), 999'999'999);
  const auto after = ToProto(Timestamp{1'500'000'000});
  EXPECT_EQ(after.seconds(), 1);
  EXPECT_EQ(after.nanos(), 500'000'000);
}

TEST(ToProtoTest, TellsACoverageOfABareFractionWithoutParts) {
  domain::Combined combined;
  combined.aggregate.events = 1;
  combined.aggregate.first = 0.4782;
  combined.value = 0.4782;
  combined.have = combined.owe = 1;
  const auto value = ToProto(domain::Kind::kCoverage, domain::Window::k30d, combined);
  EXPECT_EQ(value.window(), "latest");
  EXPECT_EQ(value.value(), 0.4782);
  EXPECT_FALSE(value.has_numerator());
  EXPECT_FALSE(value.partial());
}

TEST(UnknownCodeTest, CountsInsertionsDeletionsAndReplacements) {
  EXPECT_EQ(EditDistance("", ""), 0u);
  EXPECT_EQ(EditDistance("flow", "flow"), 0u);
  EXPECT_EQ(EditDistance("flow", "flaw"), 1u);
  EXPECT_EQ(EditDistance("flow", "flows"), 1u);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3u);
  EXPECT_EQ(EditDistance("", "abc"), 3u);
}

TEST(UnknownCodeTest, NamesNothingForATextThatIsTooLong) {
  const std::string text(1'000, 'x');
  const absl::Status status = UnknownCode("indicator", text, {"x"}, "There is a list.");
  EXPECT_LT(status.message().size(), 200u);
}

}  // namespace
}  // namespace iocd::query
