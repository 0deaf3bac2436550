#include "wire/proto_time.h"

#include <gtest/gtest.h>

namespace iocd::wire {
namespace {

TEST(ProtoTimeTest, CountsTheFractionOfASecondUpwardsAlsoBefore1970) {
  const auto before = ToProto(Timestamp{-1});
  EXPECT_EQ(before.seconds(), -1);
  EXPECT_EQ(before.nanos(), 999'999'999);
  const auto after = ToProto(Timestamp{1'500'000'000});
  EXPECT_EQ(after.seconds(), 1);
  EXPECT_EQ(after.nanos(), 500'000'000);
}

}  // namespace
}  // namespace iocd::wire
