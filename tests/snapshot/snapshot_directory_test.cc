#include "snapshot/snapshot_directory.h"

#include <gtest/gtest.h>

#include "support/memory_file_system.h"

namespace iocd::snapshot {
namespace {

constexpr char kDirectory[] = "/snapshots";

TEST(SnapshotDirectoryTest, NamesSortByStart) {
  EXPECT_EQ(SnapshotPath("d", 32), "d/00000000000000000032.snapshot");
  EXPECT_EQ(ParseSnapshotName("00000000000000000032.snapshot"), 32u);
  EXPECT_EQ(ParseSnapshotName("18446744073709551615.snapshot"), 18446744073709551615u);
}

TEST(SnapshotDirectoryTest, IgnoresOtherFiles) {
  for (const char* name :
       {"unfinished", "00000000000000000032.log", "32.snapshot", "-0000000000000000032.snapshot",
        "99999999999999999999.snapshot", "00000000000000000032.snapshot.damaged"}) {
    EXPECT_EQ(ParseSnapshotName(name), std::nullopt) << name;
  }
}

TEST(SnapshotDirectoryTest, ListsTheNewestFirstAndKeepsTwo) {
  iocd::testing::MemoryFileSystem disk;
  for (const std::uint64_t start : {7, 300, 40}) {
    disk.SetContents(SnapshotPath(kDirectory, start), "x");
  }
  ASSERT_TRUE(RemoveOld(disk, kDirectory).ok());
  const auto kept = ListSnapshots(disk, kDirectory);
  ASSERT_TRUE(kept.ok());
  ASSERT_EQ(kept->size(), 2u);
  EXPECT_EQ((*kept)[0].start, 300u);
  EXPECT_EQ((*kept)[1].start, 40u);
}

TEST(SnapshotDirectoryTest, SetsADamagedOneAsideForInspection) {
  iocd::testing::MemoryFileSystem disk;
  const std::string path = SnapshotPath(kDirectory, 7);
  disk.SetContents(path, "x");
  ASSERT_TRUE(SetAside(disk, kDirectory, {path, 7}).ok());
  EXPECT_TRUE(ListSnapshots(disk, kDirectory)->empty());
  EXPECT_EQ(disk.Contents(path + ".damaged"), "x");
}

}  // namespace
}  // namespace iocd::snapshot
