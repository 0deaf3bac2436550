#include "audit/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "audit/log_files.h"
#include "support/manual_clock.h"
#include "support/memory_file_system.h"

namespace iocd::audit {
namespace {

using iocd::testing::MemoryFileSystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Keeps what it is told; a test may wait for it.
class Watcher final : public Observer {
 public:
  void LogOpened(const Head& /*head*/) override {
    Told([this] { ++opened_; });
  }
  void LogRecovered() override {
    Told([this] { ++recovered_; });
  }
  void ChainBroken(const std::string& why) override {
    Told([&] { broken_.push_back(why); });
  }
  void TailCut(std::uint64_t bytes, const std::string& /*file*/) override {
    Told([&] { cut_ += bytes; });
  }
  void EntriesWritten(std::uint64_t entries) override {
    Told([&] { written_ += entries; });
  }
  void LogFailed(const std::string& why) override {
    Told([&] { failures_.push_back(why); });
  }
  void EntriesDropped(std::uint64_t entries) override {
    Told([&] { dropped_ += entries; });
  }
  void HeadStands(const Head& head) override {
    Told([&] { heads_.push_back(head); });
  }

  void WaitForWritten(std::uint64_t entries) {
    MutexLock lock(mutex_);
    while (written_ < entries) changed_.Wait(mutex_);
  }
  void WaitForFailures(std::size_t failures) {
    MutexLock lock(mutex_);
    while (failures_.size() < failures) changed_.Wait(mutex_);
  }
  void WaitForRecoveries(std::uint64_t recoveries) {
    MutexLock lock(mutex_);
    while (recovered_ < recoveries) changed_.Wait(mutex_);
  }
  void WaitForHeads(std::size_t heads) {
    MutexLock lock(mutex_);
    while (heads_.size() < heads) changed_.Wait(mutex_);
  }

  // Once the log has stopped, or after a wait.
  std::uint64_t opened() const { return opened_; }
  std::uint64_t recovered() const { return recovered_; }
  std::uint64_t written() const { return written_; }
  std::uint64_t dropped() const { return dropped_; }
  std::uint64_t cut() const { return cut_; }
  const std::vector<std::string>& broken() const { return broken_; }
  const std::vector<std::string>& failures() const { return failures_; }
  const std::vector<Head>& heads() const { return heads_; }

 private:
  template <typename Change>
  void Told(Change change) {
    MutexLock lock(mutex_);
    change();
    changed_.NotifyAll();
  }

  Mutex mutex_;
  CondVar changed_;
  std::uint64_t opened_ = 0, recovered_ = 0, written_ = 0, dropped_ = 0, cut_ = 0;
  std::vector<std::string> broken_, failures_;
  std::vector<Head> heads_;
};

Entry Numbered(int number) { return NumberedEntry(number).entry; }

Entry FirstPush(const std::string& from, const std::string& producer = "mot-cua") {
  Entry entry;
  entry.from = from;
  entry.how = How::kOpen;
  entry.action = kFirstPush;
  entry.department = "stp";
  entry.producer = producer;
  return entry;
}

Entry Refusal(const std::string& why) {
  Entry entry;
  entry.action = kPushRefused;
  entry.outcome = Outcome::kRefused;
  entry.why = why;
  return entry;
}

class AuditLogTest : public ::testing::Test {
 protected:
  // Of a new file without an entry: it is removed, made again under a durable name, written.
  static constexpr int kCallsOfATry = 4;

  AuditLogTest() { Make(); }

  /// A log of the daemon's next run.
  void Make() {
    log_.reset();
    watcher_ = std::make_unique<Watcher>();
    log_ = std::make_unique<AuditLog>(AuditLog::Options{kDirectory}, disk_, clock_, *watcher_);
  }
  void Restart() {
    Make();
    log_->Start();
  }
  /// Lets the log try a disk that refuses once more; its last call is the write.
  void TickAndAwaitATry() {
    const int tried = disk_.Calls() + kCallsOfATry;
    log_->Tick();
    while (disk_.Calls() < tried) std::this_thread::yield();
  }
  std::vector<Logged> EntriesOf(const std::string& action) {
    std::vector<Logged> found;
    for (Logged& logged : WalkAll(disk_).entries) {
      if (logged.entry.action == action) found.push_back(std::move(logged));
    }
    return found;
  }

  MemoryFileSystem disk_;
  iocd::testing::ManualClock clock_{kNow};
  std::unique_ptr<Watcher> watcher_;
  std::unique_ptr<AuditLog> log_;
};

TEST_F(AuditLogTest, WritesWhatItTakesInItsOrderWithTheTime) {
  log_->Start();
  log_->Record(Numbered(0));
  clock_.Advance(Duration::Seconds(5));
  log_->Record(Numbered(1));
  watcher_->WaitForWritten(2);
  const Walked walked = WalkAll(disk_);
  EXPECT_THAT(walked.Numbers(), ElementsAre(0, 1));
  EXPECT_THAT(walked.breaks, IsEmpty());
  EXPECT_EQ(walked.entries[0].time, kNow);
  EXPECT_EQ(walked.entries[1].time, kNow + Duration::Seconds(5));
}

TEST_F(AuditLogTest, TouchesNoFileBeforeItIsStarted) {
  log_->Record(Numbered(0));
  log_->Tick();
  EXPECT_EQ(disk_.Calls(), 0);
  log_->Start();
  log_->Stop();
  EXPECT_THAT(WalkAll(disk_).Numbers(), ElementsAre(0));
}

TEST_F(AuditLogTest, DropsWhatComesWhenTooManyWaitAndSaysHowManyAreMissing) {
  const auto most = static_cast<int>(limits::kMaxQueuedAuditEntries);
  for (int i = 0; i < most + 3; ++i) log_->Record(Numbered(i));
  EXPECT_EQ(watcher_->dropped(), 3u);
  log_->Start();
  watcher_->WaitForWritten(limits::kMaxQueuedAuditEntries);
  log_->Record(Numbered(7'777));
  log_->Record(Numbered(8'888));
  log_->Stop();
  const Walked walked = WalkAll(disk_);
  ASSERT_THAT(walked.entries, SizeIs(limits::kMaxQueuedAuditEntries + 2));
  EXPECT_EQ(walked.Numbers()[limits::kMaxQueuedAuditEntries], 7'777);
  EXPECT_EQ(walked.entries[limits::kMaxQueuedAuditEntries].missing, 3u);
  EXPECT_EQ(walked.entries.back().missing, 0u);
  EXPECT_THAT(walked.breaks, IsEmpty());
}

TEST_F(AuditLogTest, DropsWhatComesAfterItsEnd) {
  log_->Start();
  log_->Stop();
  log_->Record(Numbered(0));
  EXPECT_EQ(watcher_->dropped(), 1u);
}

TEST_F(AuditLogTest, KeepsWhatADiskRefusesAndGoesOnWhenItDoesNot) {
  log_->Start();
  log_->Record(Numbered(0));
  watcher_->WaitForWritten(1);
  disk_.FailSync(1);
  log_->Record(Numbered(1));
  watcher_->WaitForFailures(1);
  log_->Record(Numbered(2));
  log_->Tick();
  watcher_->WaitForWritten(3);
  log_->Stop();
  const Walked walked = WalkAll(disk_);
  EXPECT_THAT(walked.Numbers(), ElementsAre(0, 1, 2));
  EXPECT_THAT(walked.breaks, IsEmpty());
  EXPECT_EQ(walked.summary.files, 2u) << "a file of which a sync failed is not written any more";
  EXPECT_EQ(watcher_->opened(), 1u);
  EXPECT_EQ(watcher_->recovered(), 1u);
  EXPECT_EQ(watcher_->dropped(), 0u);
}

// On a full disk a file is made and opened without a free block, so only a write tells that there
// is room: the log once called itself well at each look, and failed again at once.
TEST_F(AuditLogTest, TellsAFailureOnceHoweverOftenItTriesAndItsEndOnce) {
  disk_.SetCapacity(0);
  log_->Record(Numbered(0));
  log_->Start();
  watcher_->WaitForFailures(1);
  for (int i = 0; i < 5; ++i) TickAndAwaitATry();
  EXPECT_EQ(watcher_->recovered(), 0u);
  disk_.SetCapacity(1 << 20);
  log_->Tick();
  watcher_->WaitForRecoveries(1);
  log_->Record(Numbered(1));
  log_->Stop();
  EXPECT_THAT(watcher_->failures(), SizeIs(1));
  EXPECT_EQ(watcher_->recovered(), 1u);
  EXPECT_EQ(watcher_->opened(), 1u);
  EXPECT_THAT(WalkAll(disk_).Numbers(), ElementsAre(0, 1));
}

TEST_F(AuditLogTest, DropsInTheEndWhatWasNeverWritten) {
  disk_.SetCapacity(0);
  log_->Record(Numbered(0));
  log_->Start();
  watcher_->WaitForFailures(1);
  log_->Record(Numbered(1));
  log_->Stop();
  EXPECT_EQ(watcher_->dropped(), 2u);
  EXPECT_EQ(watcher_->written(), 0u);
}

TEST_F(AuditLogTest, OpensLateIfTheDiskRefusesAtTheStart) {
  disk_.FailCall(1, iocd::testing::Fault::kIoError);
  log_->Record(Numbered(0));
  log_->Start();
  watcher_->WaitForFailures(1);
  log_->Tick();
  watcher_->WaitForWritten(1);
  watcher_->WaitForRecoveries(1);
  EXPECT_THAT(WalkAll(disk_).Numbers(), ElementsAre(0));
}

TEST_F(AuditLogTest, RecoversWithoutAnEntryToWrite) {
  disk_.FailCall(1, iocd::testing::Fault::kIoError);
  log_->Start();
  watcher_->WaitForFailures(1);
  log_->Tick();
  watcher_->WaitForRecoveries(1);
  EXPECT_EQ(watcher_->opened(), 1u);
}

TEST_F(AuditLogTest, WritesEqualRefusalsOnceAMinute) {
  log_->Start();
  for (int i = 0; i < 100; ++i) log_->Record(Refusal("no"));
  watcher_->WaitForWritten(1);
  clock_.Advance(Duration::Seconds(60));
  log_->Tick();
  watcher_->WaitForWritten(2);
  log_->Record(Refusal("no"));
  log_->Stop();
  const auto refusals = EntriesOf(kPushRefused);
  ASSERT_THAT(refusals, SizeIs(3));
  EXPECT_EQ(refusals[0].times, 1u);
  EXPECT_EQ(refusals[1].times, 99u);
  EXPECT_EQ(refusals[2].times, 1u) << "the end writes what was left";
}

TEST_F(AuditLogTest, WritesAFirstPushOnceAlsoOverRestarts) {
  log_->Start();
  log_->Record(FirstPush("10.0.0.1"));
  log_->Record(FirstPush("10.0.0.1"));
  log_->Record(FirstPush("10.0.0.2"));
  log_->Stop();
  Restart();
  log_->Record(FirstPush("10.0.0.2"));
  log_->Record(FirstPush("10.0.0.2", "another"));
  log_->Stop();
  EXPECT_THAT(EntriesOf(kFirstPush), SizeIs(3));
  EXPECT_EQ(watcher_->dropped(), 0u);
}

TEST_F(AuditLogTest, RemembersABoundedNumberOfFirstPushesAndSaysWhenItIsReached) {
  const auto most = static_cast<int>(limits::kMaxFirstPushes);
  log_->Start();
  for (int i = 0; i < most + 5; ++i) {
    log_->Record(FirstPush(absl::StrCat("10.0.", i)));
    if (i % 1'000 == 0) watcher_->WaitForWritten(static_cast<std::uint64_t>(i) + 1);
  }
  log_->Stop();
  EXPECT_THAT(EntriesOf(kFirstPush), SizeIs(limits::kMaxFirstPushes));
  const auto full = EntriesOf(kFirstPushesFull);
  ASSERT_THAT(full, SizeIs(1));
  EXPECT_THAT(full[0].entry.what, HasSubstr("8192 first pushes are remembered"));
  EXPECT_EQ(watcher_->dropped(), 5u);
}

TEST_F(AuditLogTest, TellsItsHeadAtItsBeginningOnceADayAndAtItsEnd) {
  log_->Start();
  watcher_->WaitForHeads(1);
  EXPECT_EQ(watcher_->heads()[0].seq, 0u);
  log_->Record(Numbered(0));
  watcher_->WaitForWritten(1);
  log_->Tick();
  clock_.Advance(Duration::Days(1));
  log_->Tick();
  watcher_->WaitForHeads(2);
  log_->Record(Numbered(1));
  log_->Stop();
  ASSERT_THAT(watcher_->heads(), SizeIs(3));
  EXPECT_EQ(watcher_->heads()[1].seq, 1u);
  EXPECT_EQ(watcher_->heads()[2], WalkAll(disk_).summary.head);
}

TEST_F(AuditLogTest, TellsAndRecordsWhatItCutsAndWhatDoesNotHold) {
  log_->Start();
  log_->Record(Numbered(0));
  log_->Record(Numbered(1));
  log_->Stop();
  const std::string path = AuditFilePath(kDirectory, 1);
  std::string contents = disk_.Contents(path);
  contents.replace(contents.find("number 0"), 8, "number 9");
  disk_.SetContents(path, contents + "{\"seq\":3");
  Restart();
  log_->Record(Numbered(2));
  log_->Stop();
  EXPECT_EQ(watcher_->cut(), 8u);
  EXPECT_THAT(watcher_->broken(), ElementsAre(HasSubstr("line 1: entry 1 is not what was")));
  EXPECT_THAT(EntriesOf(kTailCut), SizeIs(1));
  const auto broken = EntriesOf(kChainBroken);
  ASSERT_THAT(broken, SizeIs(1));
  EXPECT_EQ(broken[0].entry.outcome, Outcome::kFailed);
  EXPECT_THAT(WalkAll(disk_).Numbers(), ElementsAre(9, 1, 2));
  EXPECT_THAT(WalkAll(disk_).breaks, SizeIs(1));
}

TEST_F(AuditLogTest, TakesFromManyThreadsAndLosesNone) {
  log_->Start();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 250; ++i) log_->Record(Numbered(1'000 * t + i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  log_->Stop();
  const Walked walked = WalkAll(disk_);
  EXPECT_THAT(walked.entries, SizeIs(1'000));
  EXPECT_THAT(walked.breaks, IsEmpty());
}

}  // namespace
}  // namespace iocd::audit
