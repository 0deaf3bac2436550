#include "base/disk_space.h"

#include <gtest/gtest.h>

namespace iocd {
namespace {

TEST(DiskSpaceTest, TellsTheSizeOfADiskAndWhatIsFreeOfIt) {
  const auto disk = DiskSpaceAt(".");
  ASSERT_TRUE(disk.has_value());
  EXPECT_GT(disk->size, 0u);
  EXPECT_LE(disk->available, disk->size);
}

TEST(DiskSpaceTest, TellsNothingOfAPathThatIsNotThere) {
  EXPECT_FALSE(DiskSpaceAt("./no/such/directory").has_value());
}

}  // namespace
}  // namespace iocd
