// A life of a log, lived once for each of its calls of the file system and each way in which that
// call can fail. Whatever fails, and however the daemon or the machine then stops: nothing is lost
// that was acknowledged or shown by a replay, and no group is there by half.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "eventlog/define_record.h"
#include "eventlog/event_log.h"
#include "eventlog/group_format.h"
#include "support/memory_file_system.h"
#include "support/stop.h"

namespace iocd::eventlog {
namespace {

using iocd::testing::Fault;
using iocd::testing::kAllFaults;
using iocd::testing::kStops;
using iocd::testing::MemoryFileSystem;
using iocd::testing::Stop;

constexpr int kRecordsPerGroup = 3;
const EventLog::Options kOptions{"/log", /*segment_bytes=*/500, /*reserve_bytes=*/200};

/// A log with what is known of it from the outside.
class WatchedLog {
 public:
  explicit WatchedLog(MemoryFileSystem& disk) : disk_(disk) {}

  /// Tries twice; checks what replay shows. Whether the log is open.
  bool Open() { return OpenOnce() || OpenOnce(); }

  bool OpenOnce() {
    log_.reset();
    std::vector<std::string> shown;
    EventLog::Replayed replayed;
    auto log = EventLog::Open(
        kOptions, disk_, from_,
        [&](const RawRecord& raw, std::uint64_t) {
          shown.push_back(ParseDefineRecord(raw.body)->code);
          return absl::OkStatus();
        },
        &replayed);
    if (!log.ok()) {
      error_ = log.status();
      EXPECT_FALSE(absl::IsDataLoss(error_) || absl::IsNotFound(error_)) << error_;
      return false;
    }
    log_ = *std::move(log);
    CheckShown(shown);
    return true;
  }

  /// Appends a group. False if that failed.
  bool Append() {
    if (log_ == nullptr) return false;
    const std::string name = absl::StrCat("group ", ++appended_);
    std::string group(kGroupHeaderBytes, '\0');
    for (const std::string& code : CodesOf(name)) {
      AppendTo(&group, {DefinedThing::kDepartment, 1, code});
    }
    if (!log_->Prepare(group.size(), {appended_}).ok()) return false;
    unknown_.reset();
    if (log_->Append(&group).ok()) {
      kept_.push_back(name);
      return true;
    }
    unknown_ = name;
    return false;
  }

  void AppendMark() {
    if (log_ != nullptr) log_->AppendMark().IgnoreError();
  }

  /// From here on replay begins at the present end.
  void TakeSnapshot() {
    if (log_ == nullptr) return;
    from_ = {log_->NextPosition(), log_->NextPosition()};
    covered_ = kept_.size();
  }

  void ForgetOld() {
    if (log_ == nullptr) return;
    for (const std::string& path : log_->ForgetOld(from_.position, {Duration{}, 0}, {appended_})) {
      if (!disk_.Remove(path).ok()) return;  // so that they go in order
    }
  }

  void Close() { log_.reset(); }
  const absl::Status& error() const { return error_; }

 private:
  static std::vector<std::string> CodesOf(const std::string& name) {
    std::vector<std::string> codes;
    for (int i = 0; i < kRecordsPerGroup; ++i) codes.push_back(absl::StrCat(name, ", record ", i));
    return codes;
  }

  /// All that is kept must be there, in order; the group whose outcome is unknown may follow.
  void CheckShown(const std::vector<std::string>& shown) {
    std::vector<std::string> expected;
    for (std::size_t i = covered_; i < kept_.size(); ++i) {
      for (std::string& code : CodesOf(kept_[i])) expected.push_back(std::move(code));
    }
    if (unknown_ && shown.size() > expected.size()) {
      for (std::string& code : CodesOf(*unknown_)) expected.push_back(std::move(code));
      kept_.push_back(*unknown_);  // a repeat of it is now answered as taken
    }
    unknown_.reset();
    EXPECT_EQ(shown, expected);
  }

  MemoryFileSystem& disk_;
  std::unique_ptr<EventLog> log_;
  EventLog::From from_;
  std::vector<std::string> kept_;  // acknowledged, or shown
  std::size_t covered_ = 0;        // of them, by the snapshot
  std::optional<std::string> unknown_;
  std::int64_t appended_ = 0;
  absl::Status error_;
};

void Live(WatchedLog* log) {
  log->Open();
  for (int i = 0; i < 7; ++i) log->Append();
  log->AppendMark();
  log->Close();
  log->Open();
  for (int i = 0; i < 3; ++i) log->Append();
  log->TakeSnapshot();
  for (int i = 0; i < 3; ++i) log->Append();
  log->ForgetOld();
  log->Append();
  log->Close();
  log->Open();
  for (int i = 0; i < 4; ++i) log->Append();
  log->ForgetOld();
  log->AppendMark();
  log->Close();
}

/// Stops, and expects a log that is whole, takes more, and holds it through a loss of power.
void StopAndCheck(const Stop& stop, bool power_is_off, MemoryFileSystem* disk, WatchedLog* log) {
  if (stop.power_lost || power_is_off) disk->Crash(stop.kept_bytes, stop.names);
  ASSERT_TRUE(log->OpenOnce()) << log->error();
  disk->Crash();
  ASSERT_TRUE(log->OpenOnce()) << log->error();
  EXPECT_TRUE(log->Append());
  disk->Crash();
  ASSERT_TRUE(log->OpenOnce()) << log->error();
}

int CallsOfALife() {
  MemoryFileSystem disk;
  WatchedLog log(disk);
  Live(&log);
  return disk.Calls();
}

TEST(EveryCallFailsTest, NothingAcknowledgedIsLostAndNoGroupIsThereByHalf) {
  const int calls = CallsOfALife();
  ASSERT_GT(calls, 80);
  int driven = 0;
  for (int call = 1; call <= calls; ++call) {
    for (const Fault fault : kAllFaults) {
      for (const Stop& stop : kStops) {
        MemoryFileSystem disk;
        disk.FailCall(call, fault);
        WatchedLog log(disk);
        Live(&log);
        driven += !disk.FailedCall().empty();
        SCOPED_TRACE(absl::StrCat("call ", call, ", ", disk.FailedCall(), ": ", Name(fault),
                                  "; then ", stop.name));
        StopAndCheck(stop, fault == Fault::kCrash, &disk, &log);
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_EQ(driven, calls * std::size(kAllFaults) * std::size(kStops));
}

TEST(EveryCallFailsTest, NorIsAnythingIfAnyTwoCallsFail) {
  const int calls = CallsOfALife();
  for (int first = 1; first <= calls; ++first) {
    for (int second = first + 1; second <= calls; ++second) {
      MemoryFileSystem disk;
      disk.FailCall(first, Fault::kIoError);
      disk.FailCall(second, Fault::kIoError);
      WatchedLog log(disk);
      Live(&log);
      if (disk.Calls() < second) break;  // the first made this life shorter
      SCOPED_TRACE(absl::StrCat("calls ", first, " and ", second, ", ", disk.FailedCall()));
      StopAndCheck(kStops[second % std::size(kStops)], false, &disk, &log);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace iocd::eventlog
