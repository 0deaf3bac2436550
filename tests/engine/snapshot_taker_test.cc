#include "engine/snapshot_taker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <semaphore>
#include <string>
#include <utility>
#include <vector>

#include "support/memory_file_system.h"

namespace iocd::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SnapshotTakerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* path : {"/log/1", "/log/2", "/log/3"}) disk_.SetContents(path, "x");
  }

  /// Returns once it was tried.
  void Remove(std::vector<std::string> paths) {
    taker_.RemoveFiles(std::move(paths));
    tried_.acquire();
  }

  iocd::testing::MemoryFileSystem disk_;
  std::binary_semaphore tried_{0};
  SnapshotTaker taker_{disk_, "/snapshots", [this] { tried_.release(); }};
};

// Segments that were to go after one that could not be removed did go: the log had a hole, and the
// next start refused it as damaged.
TEST_F(SnapshotTakerTest, RemovesNoFileBeforeThoseThatCameBeforeIt) {
  disk_.FailRemove(1);
  Remove({"/log/1", "/log/2"});
  EXPECT_THAT(disk_.Paths(), ElementsAre("/log/1", "/log/2", "/log/3"));
  EXPECT_THAT(std::string(taker_.TakeRemovalError().message()), HasSubstr("/log/1"));

  disk_.FailRemove(1);
  Remove({"/log/3"});
  EXPECT_THAT(disk_.Paths(), ElementsAre("/log/1", "/log/2", "/log/3"));
  EXPECT_FALSE(taker_.TakeRemovalError().ok());
}

TEST_F(SnapshotTakerTest, TriesAFileThatCouldNotBeRemovedAgainWithTheNext) {
  disk_.FailRemove(1);
  Remove({"/log/1", "/log/2"});
  EXPECT_FALSE(taker_.TakeRemovalError().ok());
  Remove({"/log/3"});
  EXPECT_THAT(disk_.Paths(), IsEmpty());
  EXPECT_TRUE(taker_.TakeRemovalError().ok());
}

}  // namespace
}  // namespace iocd::engine
