#include "iocctl/age_text.h"

#include "gtest/gtest.h"

namespace iocctl {
namespace {

TEST(AgeTextTest, HasTwoUnits) {
  EXPECT_EQ(AgeText(absl::Seconds(45)), "45s");
  EXPECT_EQ(AgeText(absl::Minutes(12)), "12m");
  EXPECT_EQ(AgeText(absl::Minutes(185)), "3h 5m");
  EXPECT_EQ(AgeText(absl::Hours(52)), "2d 4h");
  EXPECT_EQ(AgeText(absl::Seconds(-3)), "0s");
}

}  // namespace
}  // namespace iocctl
