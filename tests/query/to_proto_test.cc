#include "query/to_proto.h"

#include <gtest/gtest.h>

namespace iocd::query {
namespace {

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

}  // namespace
}  // namespace iocd::query
