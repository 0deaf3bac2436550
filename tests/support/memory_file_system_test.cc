#include "support/memory_file_system.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

namespace iocd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Names = MemoryFileSystem::Names;

constexpr char kFile[] = "/d/file";

class MemoryFileSystemTest : public ::testing::Test {
 protected:
  std::unique_ptr<WritableFile> Open(const std::string& path = kFile, std::uint64_t size = 0) {
    auto file = disk_.OpenForAppend(path, size);
    EXPECT_TRUE(file.ok()) << file.status();
    return *std::move(file);
  }

  /// A durable file under a durable name.
  std::unique_ptr<WritableFile> Durable(absl::string_view contents) {
    disk_.SetContents(kFile, contents);
    return Open(kFile, contents.size());
  }

  MemoryFileSystem disk_;
};

TEST_F(MemoryFileSystemTest, ACrashLeavesWhatWasSyncedAndThatMuchMore) {
  for (const auto& [kept, left] : {std::pair<std::size_t, const char*>{0, "synced"},
                                   {3, "synced un"},
                                   {std::numeric_limits<std::size_t>::max(), "synced unsynced"}}) {
    const auto file = Durable("");
    ASSERT_TRUE(file->Append("synced").ok());
    ASSERT_TRUE(file->SyncData().ok());
    ASSERT_TRUE(file->Append(" unsynced").ok());
    EXPECT_EQ(disk_.Contents(kFile), "synced unsynced");
    disk_.Crash(kept);
    EXPECT_EQ(disk_.Contents(kFile), left);
  }
}

TEST_F(MemoryFileSystemTest, WhatAFailedSyncShouldHaveSyncedIsReadableButNeverDurable) {
  const auto file = Durable("a");
  ASSERT_TRUE(file->Append("bc").ok());
  disk_.FailSync(1);
  EXPECT_FALSE(file->SyncData().ok());
  EXPECT_EQ(disk_.Contents(kFile), "abc");
  ASSERT_TRUE(file->SyncData().ok());
  disk_.Crash(100);
  EXPECT_EQ(disk_.Contents(kFile), std::string("a\0\0", 3));
}

TEST_F(MemoryFileSystemTest, OverwritingMakesDurableWhatAFailedSyncDidNot) {
  const auto file = Durable("a");
  ASSERT_TRUE(file->Append("bc").ok());
  disk_.FailSync(1);
  EXPECT_FALSE(file->SyncData().ok());
  ASSERT_TRUE(disk_.Overwrite(kFile, 1, "bc").ok());
  disk_.Crash();
  EXPECT_EQ(disk_.Contents(kFile), "abc");
}

TEST_F(MemoryFileSystemTest, ACutIsUndoneByACrashUntilItIsSynced) {
  Durable("abcdef");
  Open(kFile, 2);
  EXPECT_EQ(disk_.Contents(kFile), "ab");
  disk_.Crash();
  EXPECT_EQ(disk_.Contents(kFile), "abcdef");
  ASSERT_TRUE(Open(kFile, 2)->SyncData().ok());
  disk_.Crash();
  EXPECT_EQ(disk_.Contents(kFile), "ab");
}

TEST_F(MemoryFileSystemTest, NamesAreDurableOnceTheirDirectoryIsSynced) {
  const std::vector<std::pair<std::function<void()>, std::vector<std::string>>> changes = {
      {[&] { Open("/d/new"); }, {"/d/file", "/d/new"}},
      {[&] { EXPECT_TRUE(disk_.Remove(kFile).ok()); }, {}},
      {[&] { EXPECT_TRUE(disk_.Rename(kFile, "/d/other").ok()); }, {"/d/other"}}};
  for (const auto& [change, changed] : changes) {
    disk_ = MemoryFileSystem();
    Durable("");
    change();
    EXPECT_EQ(disk_.Paths(), changed);
    disk_.Crash();
    EXPECT_THAT(disk_.Paths(), ElementsAre(kFile));
    change();
    disk_.Crash(0, Names::kKept);
    EXPECT_EQ(disk_.Paths(), changed);

    disk_ = MemoryFileSystem();
    Durable("");
    change();
    ASSERT_TRUE(disk_.SyncDirectory("/d").ok());
    disk_.Crash();
    EXPECT_EQ(disk_.Paths(), changed);
  }
}

TEST_F(MemoryFileSystemTest, AFileMadeAnewIsAnotherFile) {
  Durable("old");
  ASSERT_TRUE(disk_.Remove(kFile).ok());
  const auto file = Open();
  ASSERT_TRUE(file->Append("new").ok());
  ASSERT_TRUE(file->SyncData().ok());
  disk_.Crash();
  EXPECT_EQ(disk_.Contents(kFile), "old");
}

TEST_F(MemoryFileSystemTest, AFullDiskShortensWritesAndRefusesReservations) {
  const auto file = Durable("");
  disk_.SetCapacity(10);
  EXPECT_TRUE(absl::IsResourceExhausted(file->Reserve(11)));
  ASSERT_TRUE(file->Reserve(8).ok());
  const auto other = Open("/d/other");
  EXPECT_TRUE(absl::IsResourceExhausted(other->Append("abc")));
  EXPECT_EQ(disk_.Contents("/d/other"), "ab");
  EXPECT_TRUE(file->Append("12345678").ok()) << "it has its room reserved";
  ASSERT_TRUE(disk_.Remove("/d/other").ok());
  EXPECT_TRUE(file->Append("90").ok()) << "removing a file frees its room";
}

TEST_F(MemoryFileSystemTest, EachFaultDoesToAWriteWhatItSays) {
  for (const auto& [fault, left] :
       {std::pair{Fault::kIoError, ""}, {Fault::kNoSpace, ""}, {Fault::kShortWrite, "ab"}}) {
    const auto file = Durable("");
    disk_.FailCall(1, fault);
    const absl::Status failed = file->Append("abcd");
    EXPECT_EQ(absl::IsResourceExhausted(failed), fault == Fault::kNoSpace) << failed;
    EXPECT_FALSE(failed.ok());
    EXPECT_EQ(disk_.Contents(kFile), left);
    EXPECT_EQ(disk_.FailedCall(), "Append /d/file");
    EXPECT_TRUE(file->Append("x").ok()) << "a fault strikes once";
  }
}

TEST_F(MemoryFileSystemTest, AfterALossOfPowerEveryCallFailsUntilTheRestart) {
  const auto file = Durable("");
  disk_.FailCall(1, Fault::kCrash);
  EXPECT_FALSE(file->Append("abcd").ok());
  EXPECT_FALSE(file->SyncData().ok());
  EXPECT_FALSE(disk_.OpenForRead(kFile).ok());
  disk_.Crash(2);
  EXPECT_EQ(disk_.Contents(kFile), "ab");
  EXPECT_FALSE(file->Append("x").ok()) << "the process that opened it is dead";
  EXPECT_TRUE(Open(kFile, 2)->Append("x").ok());
}

TEST_F(MemoryFileSystemTest, EveryCallCountsAndCanFail) {
  const std::vector<std::function<bool()>> calls = {
      [&] { return disk_.CreateDirectory("/d").ok(); },
      [&] { return disk_.List("/d").ok(); },
      [&] { return disk_.OpenForAppend(kFile, 0).ok(); },
      [&] { return disk_.OpenForRead(kFile).ok(); },
      [&] { return disk_.Overwrite(kFile, 0, "x").ok(); },
      [&] { return disk_.Rename(kFile, kFile).ok(); },
      [&] { return disk_.Remove("/d/none").ok(); },
      [&] { return disk_.SyncDirectory("/d").ok(); },
      [&] { return disk_.LockDirectory("/d").ok(); },
      [&, file = std::shared_ptr(Durable(""))] { return file->Append("x").ok(); },
      [&, file = std::shared_ptr(Open())] { return file->SyncData().ok(); },
      [&, file = std::shared_ptr(Open())] { return file->Reserve(1).ok(); },
      [&, file = std::shared_ptr(*disk_.OpenForRead(kFile))] { return file->Size().ok(); },
      [&, file = std::shared_ptr(*disk_.OpenForRead(kFile))] {
        std::string out;
        return file->Read(0, 1, &out).ok();
      }};
  for (const auto& call : calls) {
    const int before = disk_.Calls();
    EXPECT_TRUE(call()) << "call " << &call - calls.data();
    EXPECT_EQ(disk_.Calls(), before + 1);
    for (const Fault fault : {Fault::kIoError, Fault::kNoSpace, Fault::kShortWrite}) {
      disk_.FailCall(1, fault);
      EXPECT_FALSE(call()) << disk_.FailedCall();
    }
  }
}

TEST_F(MemoryFileSystemTest, ADirectoryIsLockedOnceUntilACrash) {
  const auto lock = disk_.LockDirectory("/d");
  ASSERT_TRUE(lock.ok());
  EXPECT_TRUE(absl::IsAlreadyExists(disk_.LockDirectory("/d").status()));
  disk_.Crash();
  EXPECT_TRUE(disk_.LockDirectory("/d").ok());
}

}  // namespace
}  // namespace iocd::testing
