// What 'iocctl restore' makes of a backup, and what it refuses.

#include "backup/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "backup/manifest.h"
#include "backup_fixture.h"
#include "base/checksum.h"
#include "engine/engine.h"

namespace ioc::backup {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class RestoreTest : public BackupFixture {
 protected:
  void SetUp() override {
    BackupFixture::SetUp();
    ASSERT_TRUE(iocd::PosixFileSystem().CreateDirectory(backup_).ok());
    const auto made = Make(OpenBackup(), iocd::PosixFileSystem(), backup_);
    ASSERT_TRUE(made.ok()) << made.status();
    manifest_ = *made;
  }

  absl::StatusOr<v1::BackupManifest> Restore() {
    return ioc::backup::Restore(iocd::PosixFileSystem(), backup_, data_,
                                [](std::uint64_t /*done*/, std::uint64_t /*total*/) {});
  }

  /// That a restore fails with these words and leaves nothing.
  void ExpectRefused(const std::string& words) {
    const auto restored = Restore();
    ASSERT_FALSE(restored.ok()) << words;
    EXPECT_THAT(std::string(restored.status().message()), HasSubstr(words));
    EXPECT_FALSE(fs::exists(data_));
    EXPECT_FALSE(fs::exists(data_ + ".partial"));
  }

  /// Writes backup.json anew, with a checksum that is right.
  void Reseal() { Write(backup_ + "/backup.json", ToText(manifest_)); }

  /// Changes a file, and backup.json to go with it.
  void Forge(int file, const std::string& bytes) {
    v1::BackupManifest::File* entry = manifest_.mutable_files(file);
    Write(backup_ + "/" + entry->name(), bytes);
    entry->set_bytes(bytes.size());
    entry->set_xxh3_128(iocd::ChecksumOf(bytes));
    Reseal();
  }

  /// The canonical form of the state that a daemon has there.
  std::string StateAt(const std::string& data_directory) {
    iocd::engine::EngineObserver observer;
    iocd::engine::Engine engine({.data_directory = data_directory}, iocd::PosixFileSystem(),
                                iocd::testing::TestCatalogue(), observer);
    const absl::Status recovered = engine.Recover();
    EXPECT_TRUE(recovered.ok()) << recovered;
    std::string bytes;
    engine.Read([&](const iocd::engine::State& state) { state.EncodeTo(&bytes); });
    return bytes;
  }

  const std::string backup_ = directory_.File("backup"), data_ = directory_.File("data");
  v1::BackupManifest manifest_;
};

TEST_F(RestoreTest, GivesADaemonTheVeryStateOfTheBackup) {
  const std::string state = harness_.EncodedState();
  const auto restored = Restore();
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->batches(), 25u);
  EXPECT_FALSE(fs::exists(data_ + ".partial"));
  EXPECT_FALSE(fs::exists(data_ + "/backup.json")) << "a data directory, no backup";
  EXPECT_TRUE(StateAt(data_) == state);
}

TEST_F(RestoreTest, LeavesTheBackupAsItWas) {
  ASSERT_TRUE(Restore().ok());
  fs::remove_all(data_);
  ASSERT_TRUE(Restore().ok());
  for (const v1::BackupManifest::File& file : manifest_.files()) {
    EXPECT_EQ(iocd::ChecksumOf(Read(backup_ + "/" + file.name())), file.xxh3_128());
  }
}

TEST_F(RestoreTest, TakesAnEmptyDirectoryAndWhatAnInterruptedOneLeft) {
  fs::create_directories(data_ + ".partial/log");
  Write(data_ + ".partial/log/00000000000000999999.log", "of another backup");
  fs::create_directory(data_);
  const auto restored = ioc::backup::Restore(iocd::PosixFileSystem(), backup_ + "/", data_ + "/",
                                             [](std::uint64_t, std::uint64_t) {});
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_FALSE(fs::exists(data_ + "/log/00000000000000999999.log"));
  EXPECT_FALSE(fs::exists(data_ + ".partial"));
}

TEST_F(RestoreTest, TouchesNoDirectoryThatHoldsSomething) {
  fs::create_directory(data_);
  Write(data_ + "/lock", "");
  const auto restored = Restore();
  EXPECT_TRUE(absl::IsAlreadyExists(restored.status())) << restored.status();
  EXPECT_TRUE(fs::exists(data_ + "/lock"));
  EXPECT_FALSE(fs::exists(data_ + ".partial"));
}

TEST_F(RestoreTest, RefusesAnyFileWithOneFlippedBit) {
  for (const v1::BackupManifest::File& file : manifest_.files()) {
    const std::string path = backup_ + "/" + file.name();
    const std::string sound = Read(path);
    for (const std::size_t at : {std::size_t{0}, sound.size() / 2, sound.size() - 1}) {
      std::string bytes = sound;
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
      Write(path, bytes);
      ExpectRefused(path + " is damaged");
    }
    Write(path, sound);
  }
  EXPECT_TRUE(Restore().ok());
}

TEST_F(RestoreTest, RefusesABackupJsonWithAnyFlippedBit) {
  const std::string path = backup_ + "/backup.json";
  const std::string sound = Read(path);
  for (std::size_t at = 0; at < sound.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = sound;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
      Write(path, bytes);
      ASSERT_NO_FATAL_FAILURE(ExpectRefused(path)) << at << " " << bit;
    }
  }
}

TEST_F(RestoreTest, RefusesAnyFileThatIsCutOrLonger) {
  for (const v1::BackupManifest::File& file : manifest_.files()) {
    const std::string path = backup_ + "/" + file.name();
    const std::string sound = Read(path);
    Write(path, sound.substr(0, sound.size() - 1));
    ExpectRefused(path + " has ");
    Write(path, sound + "x");
    ExpectRefused(path + " has ");
    Write(path, sound);
  }
  const std::string path = backup_ + "/backup.json";
  const std::string sound = Read(path);
  for (const std::size_t left : {std::size_t{0}, sound.size() / 2, sound.size() - 1}) {
    Write(path, sound.substr(0, left));
    ExpectRefused(path);
  }
}

TEST_F(RestoreTest, RefusesABackupThatLacksAnyFile) {
  for (const v1::BackupManifest::File& file : manifest_.files()) {
    const std::string path = backup_ + "/" + file.name();
    fs::rename(path, directory_.File("kept"));
    ExpectRefused(path + " is missing");
    fs::rename(directory_.File("kept"), path);
  }
  fs::rename(backup_ + "/backup.json", directory_.File("kept"));
  ExpectRefused("it holds no backup.json");
  fs::rename(directory_.File("kept"), backup_ + "/backup.json");
  fs::remove_all(backup_ + "/snapshots");
  ExpectRefused(backup_ + "/snapshots/ is missing");
}

TEST_F(RestoreTest, RefusesABackupWithAFileTooMany) {
  for (const char* name : {"/lock", "/log/00000000000000999999.log", "/log/notes.txt",
                           "/snapshots/00000000000000000001.snapshot", "/snapshots/unfinished"}) {
    Write(backup_ + name, "x");
    ExpectRefused(backup_ + name + " does not belong to the backup");
    fs::remove(backup_ + name);
  }
}

TEST_F(RestoreTest, RefusesANewerFormatAndSaysWhichIocdWroteIt) {
  const v1::BackupManifest sound = manifest_;
  for (const auto& newer : std::vector<std::function<void()>>{
           [this] { manifest_.set_format(2); }, [this] { manifest_.set_log_format(3); },
           [this] { manifest_.set_snapshot_format(3); }}) {
    manifest_ = sound;
    newer();
    Reseal();
    const auto restored = Restore();
    EXPECT_TRUE(absl::IsFailedPrecondition(restored.status())) << restored.status();
    ExpectRefused("iocd 9.8.7 wrote it");
  }
}

TEST_F(RestoreTest, RefusesALogOfANewerFormatThatItsBackupJsonDoesNotTell) {
  ASSERT_THAT(manifest_.files(0).name(), HasSubstr("log/"));
  std::string bytes = Read(backup_ + "/" + manifest_.files(0).name());
  bytes[8] = 3;   // the version
  bytes[12] = 1;  // and something that it has brought
  Forge(0, bytes);
  ExpectRefused("which iocd 9.8.7 wrote: the event log log/");
}

TEST_F(RestoreTest, RefusesWhatIsDamagedAlthoughItsChecksumsAreRight) {
  const int last = manifest_.files_size() - 1;
  ASSERT_THAT(manifest_.files(last).name(), HasSubstr("snapshots/"));
  std::string bytes = Read(backup_ + "/" + manifest_.files(last).name());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  Forge(last, bytes);
  ExpectRefused(manifest_.files(last).name());
}

TEST_F(RestoreTest, RefusesNamesThatLeadElsewhere) {
  const v1::BackupManifest sound = manifest_;
  for (const char* name : {"../evil", "log/../../evil", "/etc/passwd", "backup.json"}) {
    manifest_ = sound;
    manifest_.mutable_files(0)->set_name(name);
    Reseal();
    ExpectRefused(std::string("names the file '") + name + "'");
  }
  manifest_ = sound;
  *manifest_.add_files() = manifest_.files(0);
  Reseal();
  ExpectRefused("twice");
}

TEST_F(RestoreTest, RefusesAnotherStateThanTheBackups) {
  const v1::BackupManifest sound = manifest_;
  manifest_.set_state_digest(std::string(32, '0'));
  Reseal();
  ExpectRefused("the state's digest");
  manifest_ = sound;
  manifest_.set_position(manifest_.position() + 1);
  Reseal();
  ExpectRefused("the end of the log");
  manifest_ = sound;
  manifest_.set_events(26);
  Reseal();
  ExpectRefused("the number of batches and events");
  manifest_ = sound;
  manifest_.clear_newest_arrival();
  Reseal();
  ExpectRefused("the newest arrival");
}

TEST_F(RestoreTest, RefusesADirectoryThatIsNoBackup) {
  const auto restored = ioc::backup::Restore(iocd::PosixFileSystem(), directory_.path(), data_,
                                             [](std::uint64_t, std::uint64_t) {});
  EXPECT_TRUE(absl::IsNotFound(restored.status())) << restored.status();
  EXPECT_THAT(std::string(restored.status().message()), HasSubstr("is no backup"));
}

}  // namespace
}  // namespace ioc::backup
