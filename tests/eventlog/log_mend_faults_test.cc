// A mend, done once for each of its calls of the file system and each way in which that call can
// fail. Wherever it stops: what it was to give up is all that is lost, a second mend completes it,
// and the damaged files are kept.

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "eventlog/define_record.h"
#include "eventlog/event_log.h"
#include "eventlog/log_mend.h"
#include "support/memory_file_system.h"

namespace iocd::eventlog {
namespace {

using iocd::testing::Fault;
using iocd::testing::kAllFaults;
using iocd::testing::MemoryFileSystem;
using Files = std::map<std::string, std::string>;

const EventLog::Options kOptions{"/log", /*segment_bytes=*/200, /*reserve_bytes=*/200};

/// The codes that a start shows.
absl::StatusOr<std::vector<std::string>> OpenLog(MemoryFileSystem* disk) {
  std::vector<std::string> codes;
  EventLog::Replayed replayed;
  auto log = EventLog::Open(
      kOptions, *disk, {},
      [&](const RawRecord& raw, std::uint64_t) {
        codes.push_back(ParseDefineRecord(raw.body)->code);
        return absl::OkStatus();
      },
      &replayed);
  if (!log.ok()) return log.status();
  return codes;
}

/// A log with a damaged group, a damaged header, a missing segment and a damaged proven tail.
Files DamagedFiles() {
  MemoryFileSystem disk;
  {
    EventLog::Replayed replayed;
    auto log = EventLog::Open(
        kOptions, disk, {}, [](const RawRecord&, std::uint64_t) { return absl::OkStatus(); },
        &replayed);
    for (int i = 0; i < 20; ++i) {
      std::string group(kGroupHeaderBytes, '\0');
      AppendTo(&group, {DefinedThing::kDepartment, 1, absl::StrCat("code ", i)});
      EXPECT_TRUE((*log)->Prepare(group.size(), {i}).ok());
      EXPECT_TRUE((*log)->Append(&group).ok());
    }
    EXPECT_TRUE((*log)->AppendMark().ok());
  }
  Files files;
  for (const std::string& path : disk.Paths()) files[path] = disk.Contents(path);
  EXPECT_GT(files.size(), 5u);
  auto file = files.begin();
  file->second[kSegmentHeaderBytes + 40] ^= 1;
  ++file;
  file->second[20] ^= 1;
  ++file;
  ++file;
  files.erase(file);
  std::string& last = files.rbegin()->second;
  last[last.size() - kGroupHeaderBytes - 1] ^= 1;
  return files;
}

/// Surveys, plans and mends; the status of the first that fails.
absl::Status MendLog(MemoryFileSystem* disk) {
  auto survey = SurveyLog(*disk, "/log", {}, {});
  if (!survey.ok()) return survey.status();
  auto plan = PlanMend(*survey);
  if (!plan.ok()) return plan.status();
  std::vector<MendedFile> mended;
  return Mend(*disk, "/log", *plan, &mended);
}

void Put(const Files& files, MemoryFileSystem* disk) {
  for (const auto& [path, bytes] : files) disk->SetContents(path, bytes);
}

/// What a mend that nothing disturbs leaves, and how many calls it makes.
std::vector<std::string> Undisturbed(const Files& files, int* calls) {
  MemoryFileSystem disk;
  Put(files, &disk);
  EXPECT_TRUE(MendLog(&disk).ok());
  *calls = disk.Calls();
  auto codes = OpenLog(&disk);
  EXPECT_TRUE(codes.ok()) << codes.status();
  return *codes;
}

/// Each damaged file is as it was, or a copy of it is kept.
void ExpectEvidence(const Files& files, const MemoryFileSystem& disk) {
  std::set<std::string> contents;
  for (const std::string& path : disk.Paths()) contents.insert(disk.Contents(path));
  for (const auto& [path, bytes] : files) EXPECT_TRUE(contents.contains(bytes)) << path;
}

/// How the first try ends.
struct Stop {
  const char* name;
  bool power_lost;
  std::size_t kept_bytes;
  MemoryFileSystem::Names names;
};
constexpr std::size_t kAllBytes = std::numeric_limits<std::size_t>::max();
constexpr Stop kStops[] = {
    {"it ends", false, 0, {}},
    {"the power goes", true, 0, MemoryFileSystem::Names::kForgotten},
    {"the power goes, names stay", true, 0, MemoryFileSystem::Names::kKept},
    {"the power goes, names and some bytes stay", true, 60, MemoryFileSystem::Names::kKept},
    {"the power goes, everything stays", true, kAllBytes, MemoryFileSystem::Names::kKept},
};

TEST(LogMendFaultsTest, ASecondMendCompletesWhatAnyFailureLeaves) {
  const Files files = DamagedFiles();
  int calls = 0;
  const std::vector<std::string> expected = Undisturbed(files, &calls);
  ASSERT_GT(calls, 60);
  ASSERT_GT(expected.size(), 10u);
  for (int call = 1; call <= calls; ++call) {
    for (const Fault fault : kAllFaults) {
      for (const Stop& stop : kStops) {
        MemoryFileSystem disk;
        Put(files, &disk);
        disk.FailCall(call, fault);
        MendLog(&disk).IgnoreError();
        SCOPED_TRACE(absl::StrCat("call ", call, ", ", disk.FailedCall(), ": ", Name(fault),
                                  "; then ", stop.name));
        if (stop.power_lost || fault == Fault::kCrash) disk.Crash(stop.kept_bytes, stop.names);
        ExpectEvidence(files, disk);
        const absl::Status mended = MendLog(&disk);
        ASSERT_TRUE(mended.ok()) << mended;
        ExpectEvidence(files, disk);
        auto codes = OpenLog(&disk);
        ASSERT_TRUE(codes.ok()) << codes.status();
        EXPECT_EQ(*codes, expected);
        disk.Crash();
        codes = OpenLog(&disk);
        ASSERT_TRUE(codes.ok()) << codes.status();
        EXPECT_EQ(*codes, expected);
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
}

}  // namespace
}  // namespace iocd::eventlog
