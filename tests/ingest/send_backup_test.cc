#include "ingest/send_backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/checksum.h"
#include "base/limits.h"
#include "support/memory_file_system.h"

namespace iocd::ingest {
namespace {

using ::testing::HasSubstr;

class SendBackupTest : public ::testing::Test {
 protected:
  /// A backup of one file, of which the first `bytes` count.
  engine::BackupFiles OneFile(const std::string& contents, std::uint64_t bytes) {
    disk_.SetContents("/log/x", contents);
    engine::BackupFiles backup;
    backup.position = bytes;
    backup.files.push_back({"log/x", bytes, *disk_.OpenForRead("/log/x")});
    return backup;
  }

  absl::Status Send(const engine::BackupFiles& backup) {
    return SendBackup(backup, {"1.2.3", "test"}, [this](const ioc::v1::BackupPart& part) {
      parts_.push_back(part);
      return parts_.size() == fail_at_ ? absl::CancelledError("gone") : absl::OkStatus();
    });
  }

  iocd::testing::MemoryFileSystem disk_;
  std::vector<ioc::v1::BackupPart> parts_;
  std::size_t fail_at_ = 0;
};

TEST_F(SendBackupTest, SendsOnlyTheBytesThatCountInPiecesOfLimitedSize) {
  const std::string contents(2 * limits::kBackupPartBytes + 7, 'x');
  const std::uint64_t counting = contents.size() - 3;
  ASSERT_TRUE(Send(OneFile(contents, counting)).ok());
  ASSERT_EQ(parts_.size(), 7u);
  EXPECT_EQ(parts_[0].opening().bytes(), counting);
  EXPECT_EQ(parts_[1].file().bytes(), counting);
  EXPECT_EQ(parts_[2].data().size(), limits::kBackupPartBytes);
  EXPECT_EQ(parts_[4].data().size(), 4u);
  EXPECT_EQ(parts_[5].file_end().xxh3_128(), ChecksumOf(contents.substr(0, counting)));
  EXPECT_EQ(parts_[6].closing().files(), 1u);
  EXPECT_EQ(parts_[6].closing().position(), counting);
  EXPECT_FALSE(parts_[6].closing().has_newest_arrival());
}

TEST_F(SendBackupTest, AFileThatCannotBeReadEndsItWithoutAClosing) {
  const engine::BackupFiles backup = OneFile("abc", 3);
  disk_.FailCall(1, iocd::testing::Fault::kIoError);
  const absl::Status sent = Send(backup);
  EXPECT_TRUE(absl::IsUnavailable(sent)) << sent;
  EXPECT_THAT(std::string(sent.message()), HasSubstr("/log/x"));
  EXPECT_TRUE(parts_.back().has_file());
}

TEST_F(SendBackupTest, AFileThatBecameShorterEndsItWithoutAClosing) {
  const absl::Status sent = Send(OneFile("abc", 4));
  EXPECT_TRUE(absl::IsUnavailable(sent)) << sent;
  EXPECT_THAT(std::string(sent.message()), HasSubstr("log/x became shorter"));
}

TEST_F(SendBackupTest, ReadsNoFurtherOnceNobodyTakesIt) {
  for (fail_at_ = 1; fail_at_ <= 5; ++fail_at_) {
    parts_.clear();
    EXPECT_TRUE(absl::IsCancelled(Send(OneFile("abc", 3))));
    EXPECT_EQ(parts_.size(), fail_at_);
  }
}

}  // namespace
}  // namespace iocd::ingest
