#include "backup_fixture.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <utility>

#include "backup/seal.h"
#include "ingest/send_backup.h"

namespace ioc::backup {
namespace {

const iocd::Timestamp kNow = iocd::Timestamp::FromSeconds(1'700'000'000);

}  // namespace

void BackupFixture::SetUp() {
  harness_.options().segment_bytes = 2'500;
  ASSERT_TRUE(harness_.Start().ok());
  std::uint64_t sequence = 0;
  for (int snapshots = 0; snapshots < 2; ++snapshots) {
    for (int i = 0; i < 10; ++i) Push(++sequence);
    ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  }
  for (int i = 0; i < 5; ++i) Push(++sequence);
}

void BackupFixture::Push(std::uint64_t sequence) {
  const auto answer = harness_.Push(
      harness_.MakeBatch("p", sequence, {harness_.Event("a", "flow", kNow, 1)}, kNow));
  ASSERT_TRUE(answer.ok()) << answer.status();
}

iocd::engine::BackupFiles BackupFixture::OpenBackup() {
  std::promise<absl::StatusOr<iocd::engine::BackupFiles>> opened;
  harness_.engine().OpenBackup(
      [&](absl::StatusOr<iocd::engine::BackupFiles> files) { opened.set_value(std::move(files)); });
  return *opened.get_future().get();
}

absl::Status BackupFixture::Send(const iocd::engine::BackupFiles& backup, Receiver* receiver) {
  return iocd::ingest::SendBackup(
      backup, {"9.8.7", "test"},
      [receiver](const v1::BackupPart& part) { return receiver->Take(part); });
}

absl::StatusOr<v1::BackupManifest> BackupFixture::Make(const iocd::engine::BackupFiles& backup,
                                                       iocd::FileSystem& file_system,
                                                       const std::string& directory) {
  Receiver receiver(file_system, directory);
  if (absl::Status sent = Send(backup, &receiver); !sent.ok()) return sent;
  auto received = receiver.Finish();
  if (!received.ok()) return received;
  return Seal(file_system, directory, *std::move(received));
}

std::string BackupFixture::Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void BackupFixture::Write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace ioc::backup
