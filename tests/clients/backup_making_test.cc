// What 'iocctl backup' takes for a backup, and what it does not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "backup/manifest.h"
#include "backup/seal.h"
#include "backup_fixture.h"
#include "base/checksum.h"
#include "engine/state_digest.h"
#include "ingest/send_backup.h"
#include "support/memory_file_system.h"

namespace ioc::backup {
namespace {

using iocd::testing::Fault;
using iocd::testing::MemoryFileSystem;
using ::testing::HasSubstr;

class BackupMakingTest : public BackupFixture {
 protected:
  /// All parts of a backup, to be changed before they are received.
  std::vector<v1::BackupPart> Parts() {
    std::vector<v1::BackupPart> parts;
    const absl::Status sent =
        iocd::ingest::SendBackup(OpenBackup(), {"9.8.7", "test"}, [&](const v1::BackupPart& part) {
          parts.push_back(part);
          return absl::OkStatus();
        });
    EXPECT_TRUE(sent.ok()) << sent;
    return parts;
  }

  static absl::Status Receive(const std::vector<v1::BackupPart>& parts) {
    MemoryFileSystem disk;
    Receiver receiver(disk, "/b");
    for (const v1::BackupPart& part : parts) {
      if (absl::Status taken = receiver.Take(part); !taken.ok()) return taken;
    }
    return receiver.Finish().status();
  }

  /// The first part of that sort.
  static std::vector<v1::BackupPart>::iterator First(std::vector<v1::BackupPart>* parts,
                                                     v1::BackupPart::PartCase sort) {
    return std::find_if(parts->begin(), parts->end(),
                        [sort](const v1::BackupPart& part) { return part.part_case() == sort; });
  }

  /// Damages a file of the daemon's, in its middle.
  void Damage(const std::string& name) {
    std::string bytes = harness_.disk().Contents("/data/" + name);
    ASSERT_FALSE(bytes.empty()) << name;
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
    harness_.disk().SetContents("/data/" + name, bytes);
  }

  void ExpectRefusedFor(const std::string& name) {
    MemoryFileSystem disk;
    const auto made = Make(OpenBackup(), disk, "/b");
    EXPECT_TRUE(absl::IsDataLoss(made.status())) << made.status();
    EXPECT_THAT(std::string(made.status().message()), HasSubstr("the daemon's own files"));
    EXPECT_THAT(std::string(made.status().message()), HasSubstr(name));
    EXPECT_TRUE(disk.Contents("/b/backup.json").empty());
  }
};

TEST_F(BackupMakingTest, SaysWhatItHolds) {
  MemoryFileSystem disk;
  const auto made = Make(OpenBackup(), disk, "/b");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->iocd_version(), "9.8.7");
  EXPECT_EQ(made->batches(), 25u);
  EXPECT_EQ(made->events(), 25u);
  EXPECT_EQ(made->newest_arrival().seconds(), 1'700'000'000);
  EXPECT_GT(made->files_size(), 3);
  harness_.engine().Read([&](const iocd::engine::State& state) {
    EXPECT_EQ(made->state_digest(), iocd::engine::DigestOf(state));
  });
  const auto read = ReadManifest(disk, "/b");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(ToText(*read), disk.Contents("/b/backup.json"));
}

TEST_F(BackupMakingTest, LeavesTheCopyAsItWasReceived) {
  MemoryFileSystem disk;
  const auto made = Make(OpenBackup(), disk, "/b");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(disk.Paths().size(), static_cast<std::size_t>(made->files_size()) + 1);
  for (const v1::BackupManifest::File& file : made->files()) {
    EXPECT_EQ(iocd::ChecksumOf(disk.Contents("/b/" + file.name())), file.xxh3_128());
    EXPECT_EQ(disk.Contents("/b/" + file.name()).size(), file.bytes());
  }
}

TEST_F(BackupMakingTest, IsDurableOnceItIsSealed) {
  MemoryFileSystem disk;
  const auto made = Make(OpenBackup(), disk, "/b");
  ASSERT_TRUE(made.ok()) << made.status();
  disk.Crash();
  const auto read = ReadManifest(disk, "/b");
  ASSERT_TRUE(read.ok()) << read.status();
  for (const v1::BackupManifest::File& file : read->files()) {
    EXPECT_EQ(iocd::ChecksumOf(disk.Contents("/b/" + file.name())), file.xxh3_128());
  }
}

TEST_F(BackupMakingTest, AnEmptyDaemonHasOneToo) {
  MemoryFileSystem disk;
  iocd::eventlog::Replayed replayed;
  const auto log = iocd::eventlog::EventLog::Open(
      {"/new/log", 1 << 20, 0}, disk, {},
      [](const iocd::eventlog::RawRecord&, std::uint64_t) { return absl::OkStatus(); }, &replayed);
  ASSERT_TRUE(log.ok()) << log.status();
  const auto files = iocd::engine::OpenBackupFiles(disk, "/new", **log, std::nullopt);
  ASSERT_TRUE(files.ok()) << files.status();
  const auto made = Make(*files, disk, "/b");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->batches(), 0u);
  EXPECT_FALSE(made->has_newest_arrival());
}

TEST_F(BackupMakingTest, IsRefusedIfTheDaemonsSnapshotOrLogIsDamagedAlsoWhereNoStartWouldLook) {
  const iocd::engine::BackupFiles backup = OpenBackup();
  for (const iocd::engine::BackupFile& file : backup.files) {
    const std::string sound = harness_.disk().Contents("/data/" + file.name);
    Damage(file.name);
    ExpectRefusedFor(file.name);
    harness_.disk().SetContents("/data/" + file.name, sound);
  }
}

TEST_F(BackupMakingTest, TellsADamageOfItsOwnDiskFromOneOfTheDaemons) {
  const std::string directory = directory_.path() + "/b";
  ASSERT_TRUE(iocd::PosixFileSystem().CreateDirectory(directory).ok());
  Receiver receiver(iocd::PosixFileSystem(), directory);
  ASSERT_TRUE(Send(OpenBackup(), &receiver).ok());
  auto received = receiver.Finish();
  ASSERT_TRUE(received.ok());
  const std::string name = received->files(0).name();
  std::string bytes = Read(directory + "/" + name);
  bytes[60] = static_cast<char>(bytes[60] ^ 1);
  Write(directory + "/" + name, bytes);
  const auto made = Seal(iocd::PosixFileSystem(), directory, *received);
  EXPECT_THAT(std::string(made.status().message()),
              HasSubstr("does not give back what was written to " + name));
}

TEST_F(BackupMakingTest, IsRefusedIfPartsAreMissingRepeatedOrChanged) {
  using Part = v1::BackupPart;
  ASSERT_TRUE(Receive(Parts()).ok());
  const auto expect_refused = [&](const char* what, const auto& change) {
    std::vector<Part> parts = Parts();
    change(&parts);
    const absl::Status status = Receive(parts);
    EXPECT_TRUE(absl::IsDataLoss(status)) << what << ": " << status;
  };
  for (const auto sort :
       {Part::kOpening, Part::kFile, Part::kData, Part::kFileEnd, Part::kClosing}) {
    expect_refused("missing", [&](auto* parts) { parts->erase(First(parts, sort)); });
    expect_refused("repeated", [&](auto* parts) {
      const Part repeated = *First(parts, sort);
      parts->insert(First(parts, sort), repeated);
    });
  }
  expect_refused("a bit on the way", [](auto* parts) {
    std::string* data = First(parts, Part::kData)->mutable_data();
    (*data)[7] = static_cast<char>((*data)[7] ^ 1);
  });
  expect_refused("a file less", [](auto* parts) {
    parts->erase(First(parts, Part::kFile), First(parts, Part::kFileEnd) + 1);
  });
  expect_refused("a part of another day",
                 [](auto* parts) { parts->insert(parts->begin(), Part()); });
  for (const char* name : {"../evil", "log/../../evil", "/etc/passwd", "log/", "lock", "",
                           "log/00000000000000000000.log/x", "snapshots/unfinished"}) {
    expect_refused(name,
                   [&](auto* parts) { First(parts, Part::kFile)->mutable_file()->set_name(name); });
  }
}

TEST_F(BackupMakingTest, EveryCallThatFailsIsTold) {
  const iocd::engine::BackupFiles backup = OpenBackup();
  int calls = 0;
  {
    MemoryFileSystem disk;
    ASSERT_TRUE(Make(backup, disk, "/b").ok());
    calls = disk.Calls();
  }
  ASSERT_GT(calls, 30);
  for (const Fault fault : {Fault::kIoError, Fault::kNoSpace, Fault::kShortWrite}) {
    for (int call = 1; call <= calls; ++call) {
      MemoryFileSystem disk;
      disk.FailCall(call, fault);
      const auto made = Make(backup, disk, "/b");
      EXPECT_FALSE(made.ok()) << disk.FailedCall();
    }
  }
}

}  // namespace
}  // namespace ioc::backup
