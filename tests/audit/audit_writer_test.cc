#include "audit/audit_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "audit/log_files.h"
#include "base/limits.h"
#include "support/memory_file_system.h"

namespace iocd::audit {
namespace {

using iocd::testing::Fault;
using iocd::testing::MemoryFileSystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Small enough that a few entries fill a file.
constexpr AuditWriter::Options kSmallFiles() { return {kDirectory, 1'000}; }

std::vector<int> UpTo(int count) {
  std::vector<int> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

class AuditWriterTest : public ::testing::Test {
 protected:
  /// Opens a writer as a start of the daemon does.
  std::unique_ptr<AuditWriter> Open() {
    auto writer = std::make_unique<AuditWriter>(kSmallFiles(), disk_);
    auto opened = writer->Open([](const Logged&) {});
    EXPECT_TRUE(opened.ok()) << opened.status();
    opened_ = *std::move(opened);
    return writer;
  }
  static void Write(AuditWriter& writer, int number) {
    const auto written = writer.WriteSome({NumberedEntry(number)});
    ASSERT_TRUE(written.ok()) << written.status();
    EXPECT_EQ(*written, 1u);
  }
  std::string LastPath() { return ListAuditFiles(disk_, kDirectory)->back().path; }

  MemoryFileSystem disk_;
  AuditWriter::Opened opened_;
};

TEST_F(AuditWriterTest, GoesOnWhereThePreviousOneEnded) {
  for (int i = 0; i < 12; ++i) Write(*Open(), i);
  const Walked walked = WalkAll(disk_);
  EXPECT_EQ(walked.Numbers(), UpTo(12));
  EXPECT_THAT(walked.breaks, IsEmpty());
  EXPECT_GT(walked.summary.files, 2u);
  EXPECT_EQ(Open()->head(), walked.summary.head);
}

TEST_F(AuditWriterTest, WritesManyInAFewWrites) {
  const auto writer = Open();
  std::vector<Logged> entries;
  for (int i = 0; i < 1'000; ++i) entries.push_back(NumberedEntry(i));
  absl::Span<const Logged> rest(entries);
  int writes = 0;
  for (; !rest.empty(); ++writes) {
    const auto written = writer->WriteSome(rest);
    ASSERT_TRUE(written.ok());
    rest.remove_prefix(*written);
  }
  EXPECT_LT(writes, 20);
  EXPECT_EQ(WalkAll(disk_).Numbers(), UpTo(1'000));
}

TEST_F(AuditWriterTest, IsDurableWhenItSaysSo) {
  Write(*Open(), 0);
  disk_.Crash();
  EXPECT_THAT(WalkAll(disk_).Numbers(), ElementsAre(0));
}

TEST_F(AuditWriterTest, CutsALineThatIsNotWholeAndSaysSo) {
  auto writer = Open();
  Write(*writer, 0);
  const std::string path = LastPath(), whole = disk_.Contents(path);
  Write(*writer, 1);
  const std::string both = disk_.Contents(path);
  writer.reset();
  for (std::size_t kept = whole.size() + 1; kept < both.size(); ++kept) {
    disk_.SetContents(path, both.substr(0, kept));
    writer = Open();
    EXPECT_EQ(opened_.torn_bytes, kept - whole.size());
    EXPECT_EQ(opened_.torn_file, path);
    EXPECT_THAT(opened_.breaks, IsEmpty());
    Write(*writer, 2);
    const Walked walked = WalkAll(disk_);
    EXPECT_THAT(walked.Numbers(), ElementsAre(0, 2));
    EXPECT_THAT(walked.breaks, IsEmpty());
  }
}

TEST_F(AuditWriterTest, KeepsWhatSomebodyEditedAndGoesOnBehindIt) {
  Write(*Open(), 0);
  Write(*Open(), 1);
  std::string contents = disk_.Contents(LastPath());
  contents.replace(contents.find("number 0"), 8, "number 9");
  disk_.SetContents(LastPath(), contents);
  Write(*Open(), 2);
  ASSERT_EQ(opened_.breaks.size(), 1u);
  EXPECT_THAT(opened_.breaks[0].ToText(), HasSubstr("00000001.jsonl, line 1: entry 1 is not what"));
  const Walked walked = WalkAll(disk_);
  EXPECT_THAT(walked.Numbers(), ElementsAre(9, 1, 2));
  EXPECT_EQ(walked.breaks.size(), 1u);
}

TEST_F(AuditWriterTest, BeginsAFileBehindALastLineThatIsNone) {
  Write(*Open(), 0);
  disk_.SetContents(LastPath(), disk_.Contents(LastPath()) + "garbage\n");
  Write(*Open(), 1);
  EXPECT_EQ(LastPath(), AuditFilePath(kDirectory, 2));
  const Walked walked = WalkAll(disk_);
  EXPECT_THAT(walked.Numbers(), ElementsAre(0, 1));
  EXPECT_EQ(walked.breaks.size(), 1u);
}

TEST_F(AuditWriterTest, ReadsTheNewestFilesAlone) {
  for (int i = 0; i < 40; ++i) Write(*Open(), i);
  ASSERT_GT(WalkAll(disk_).summary.files, limits::kAuditFilesReadAtStart + 2);
  disk_.SetContents(AuditFilePath(kDirectory, 1), "damaged\n");
  std::size_t visited = 0;
  AuditWriter writer(kSmallFiles(), disk_);
  const auto opened = writer.Open([&](const Logged&) { ++visited; });
  ASSERT_TRUE(opened.ok());
  EXPECT_THAT(opened->breaks, IsEmpty());
  EXPECT_GT(visited, 5u);
  EXPECT_LT(visited, 20u);
}

TEST_F(AuditWriterTest, CollectsNoFilesWhileTheDiskIsFull) {
  const auto writer = Open();
  Write(*writer, 0);
  disk_.SetCapacity(disk_.Contents(LastPath()).size() + 50);
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(writer->WriteSome({NumberedEntry(1)}).ok());
    const absl::Status reopened = writer->Reopen();
    ASSERT_TRUE(reopened.ok()) << reopened;
  }
  EXPECT_EQ(WalkAll(disk_).summary.files, 2u);
  disk_.SetCapacity(1 << 20);
  Write(*writer, 1);
  EXPECT_THAT(WalkAll(disk_).Numbers(), ElementsAre(0, 1));
  EXPECT_THAT(WalkAll(disk_).breaks, IsEmpty());
}

/// A life of the log in which something fails, up to a loss of power.
class FaultyLife {
 public:
  static constexpr int kEntries = 14;

  explicit FaultyLife(MemoryFileSystem& disk) : disk_(disk) {}

  /// As the log's thread does it; gives up when there is no power.
  void Live() {
    AuditWriter writer(kSmallFiles(), disk_);
    bool opened = false, usable = false;
    while (durable_ < kEntries && !disk_.PowerIsOff()) {
      if (!opened) {
        opened = usable = writer.Open([](const Logged&) {}).ok();
      } else if (!usable) {
        usable = writer.Reopen().ok();
      } else if (writer.WriteSome({NumberedEntry(durable_)}).ok()) {
        ++durable_;
      } else {
        usable = false;
      }
    }
  }

  int durable() const { return durable_; }

 private:
  MemoryFileSystem& disk_;
  int durable_ = 0;  // entries of which the writer said so
};

// Whichever call fails in whatever way, and however much of the rest the loss of power keeps: the
// chain holds, with every entry that was durable.
TEST(AuditWriterFaultsTest, LoseNothingThatWasDurable) {
  MemoryFileSystem counted;
  FaultyLife(counted).Live();
  const int calls = counted.Calls();
  ASSERT_GT(calls, 30);
  for (int call = 1; call <= calls; ++call) {
    for (const Fault fault : iocd::testing::kAllFaults) {
      MemoryFileSystem disk;
      disk.FailCall(call, fault);
      FaultyLife life(disk);
      life.Live();
      if (fault != Fault::kCrash) {
        EXPECT_EQ(life.durable(), FaultyLife::kEntries);
      }
      for (const std::size_t kept : {0, 1, 100, 400, 100'000}) {
        for (const auto names :
             {MemoryFileSystem::Names::kForgotten, MemoryFileSystem::Names::kKept}) {
          MemoryFileSystem after(disk);
          after.Crash(kept, names);
          AuditWriter writer(kSmallFiles(), after);
          const auto opened = writer.Open([](const Logged&) {});
          ASSERT_TRUE(opened.ok()) << opened.status();
          const Walked walked = WalkAll(after);
          const std::string where = disk.FailedCall() + ", kept " + std::to_string(kept);
          EXPECT_THAT(walked.breaks, IsEmpty()) << where << walked.breaks[0].ToText();
          const auto numbers = walked.Numbers();
          EXPECT_GE(numbers.size(), static_cast<std::size_t>(life.durable())) << where;
          EXPECT_EQ(numbers, UpTo(static_cast<int>(numbers.size()))) << where;
        }
      }
    }
  }
}

// A failed sync, then a restart before anything else: what was read back from the page cache is
// made durable before the log goes on behind it.
TEST(AuditWriterFaultsTest, DoNotBuildOnWhatOnlyThePageCacheHolds) {
  MemoryFileSystem disk;
  {
    AuditWriter writer(kSmallFiles(), disk);
    ASSERT_TRUE(writer.Open([](const Logged&) {}).ok());
    ASSERT_TRUE(writer.WriteSome({NumberedEntry(0)}).ok());
    disk.FailSync(1);
    ASSERT_FALSE(writer.WriteSome({NumberedEntry(1)}).ok());
  }
  AuditWriter writer(kSmallFiles(), disk);
  ASSERT_TRUE(writer.Open([](const Logged&) {}).ok());
  ASSERT_TRUE(writer.WriteSome({NumberedEntry(2)}).ok());
  disk.Crash();
  const Walked walked = WalkAll(disk);
  EXPECT_THAT(walked.breaks, IsEmpty());
  EXPECT_THAT(walked.Numbers(), ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace iocd::audit
