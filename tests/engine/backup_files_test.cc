// What a living engine gives for a backup: the state as it was between two groups, and nothing
// else.

#include "engine/backup_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>
#include <thread>

#include "engine/recovery.h"
#include "engine/state_digest.h"
#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using iocd::testing::MemoryFileSystem;

const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

class BackupFilesTest : public ::testing::Test {
 protected:
  void Start() { ASSERT_TRUE(harness_.Start().ok()); }

  void Push(std::uint64_t sequence) {
    const auto answer = harness_.Push(
        harness_.MakeBatch("p", sequence, {harness_.Event("a", "flow", kNow, 1)}, kNow));
    ASSERT_TRUE(answer.ok()) << answer.status();
  }

  absl::StatusOr<BackupFiles> Open() {
    std::promise<absl::StatusOr<BackupFiles>> opened;
    harness_.engine().OpenBackup(
        [&](absl::StatusOr<BackupFiles> files) { opened.set_value(std::move(files)); });
    return opened.get_future().get();
  }

  /// Reads all that counts onto a disk of its own, as a receiver does.
  static void Copy(const BackupFiles& backup, MemoryFileSystem* disk) {
    for (const BackupFile& file : backup.files) {
      std::string bytes;
      const absl::Status read = file.file->Read(0, file.bytes, &bytes);
      ASSERT_TRUE(read.ok()) << read;
      ASSERT_EQ(bytes.size(), file.bytes) << file.name;
      disk->SetContents("/copy/" + file.name, bytes);
    }
  }

  /// The state that comes from the copy alone.
  static void Recover(MemoryFileSystem* disk, State* state, Recovery* recovery) {
    const auto log = RecoverState(
        {.log = {"/copy/log", limits::kSegmentBytes, 0}, .snapshot_directory = "/copy/snapshots"},
        *disk, state, recovery);
    ASSERT_TRUE(log.ok()) << log.status();
  }

  /// How many batches the state of a copy holds: sequences 1 to that one, each counted once.
  std::uint64_t BatchesIn(const BackupFiles& backup) {
    MemoryFileSystem disk;
    Copy(backup, &disk);
    State state;
    Recovery recovery;
    Recover(&disk, &state, &recovery);
    EXPECT_EQ(recovery.log.torn_bytes, 0u);
    EXPECT_EQ(state.newest_arrival(), backup.newest_arrival);
    const domain::SeriesKey flow = harness_.Key("a", "flow");
    const ProducerProgress progress = state.ProgressOf(flow.department, "p");
    EXPECT_TRUE(progress.gaps.empty());
    const domain::Series* series = state.Find(flow);
    if (series == nullptr) return 0;
    EXPECT_EQ(domain::Value(domain::Kind::kFlow, series->InWindow(domain::Window::k30d, kNow)),
              static_cast<double>(progress.highest));
    return progress.highest;
  }

  iocd::testing::EngineHarness harness_;
};

TEST_F(BackupFilesTest, GiveTheVeryStateOfTheEngine) {
  Start();
  for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) Push(sequence);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  Push(6);
  const auto backup = Open();
  ASSERT_TRUE(backup.ok()) << backup.status();
  MemoryFileSystem disk;
  Copy(*backup, &disk);
  State state;
  Recovery recovery;
  Recover(&disk, &state, &recovery);
  std::string bytes;
  state.EncodeTo(&bytes);
  EXPECT_TRUE(bytes == harness_.EncodedState());
  EXPECT_EQ(recovery.batches, 1u) << "the snapshot is in it";
  harness_.engine().Read(
      [&](const State& living) { EXPECT_EQ(DigestOf(state), DigestOf(living)); });
}

TEST_F(BackupFilesTest, StandStillWhileTheEngineGoesOn) {
  Start();
  Push(1);
  const auto backup = Open();
  ASSERT_TRUE(backup.ok()) << backup.status();
  Push(2);
  EXPECT_EQ(BatchesIn(*backup), 1u);
}

TEST_F(BackupFilesTest, HoldWhatWasAcknowledgedWhileBatchesSnapshotsAndRetentionGoOn) {
  harness_.options().segment_bytes = 2'000;
  harness_.options().retention = {Duration::Days(35), 4'000};
  harness_.options().snapshot_every_bytes = 3'000;
  Start();
  std::atomic<std::uint64_t> acknowledged{0};
  std::atomic<bool> stop{false};
  std::thread sender([&] {
    while (!stop) {
      ASSERT_NO_FATAL_FAILURE(Push(acknowledged + 1));
      ++acknowledged;
    }
  });
  int first_kept = 0;  // backups of a log whose beginning had gone
  for (int backups = 0; backups < 200 || first_kept < 20; ++backups) {
    const std::uint64_t before = acknowledged;
    const auto backup = Open();
    EXPECT_TRUE(backup.ok()) << backup.status();
    if (!backup.ok()) break;
    const std::uint64_t held = BatchesIn(*backup);
    EXPECT_GE(held, before);
    EXPECT_LE(held, acknowledged + 1);
    if (backup->files.front().name != "log/00000000000000000000.log") ++first_kept;
  }
  stop = true;
  sender.join();
}

TEST_F(BackupFilesTest, EndBeforeAGroupThatFailed) {
  Start();
  Push(1);
  harness_.disk().FailSync(1);
  ASSERT_FALSE(harness_
                   .Push(harness_.MakeBatch("p", eventlog::Sequence{2},
                                            {harness_.Event("a", "flow", kNow, 1)}, kNow))
                   .ok());
  const auto backup = Open();
  ASSERT_TRUE(backup.ok()) << "although the log refuses: " << backup.status();
  EXPECT_EQ(BatchesIn(*backup), 1u);
}

TEST_F(BackupFilesTest, AreOfNoUseWhereOneCannotBeOpened) {
  Start();
  harness_.disk().FailCall(1, iocd::testing::Fault::kIoError);
  EXPECT_FALSE(Open().ok());
  EXPECT_TRUE(Open().ok());
}

TEST_F(BackupFilesTest, AreRefusedOnceTheEngineStops) {
  Start();
  harness_.engine().Stop();
  EXPECT_TRUE(absl::IsUnavailable(Open().status()));
}

}  // namespace
}  // namespace iocd::engine
