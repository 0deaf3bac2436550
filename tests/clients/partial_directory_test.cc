#include "backup/partial_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/posix_file_system.h"
#include "support/temporary_directory.h"

namespace ioc::backup {
namespace {

namespace fs = std::filesystem;
using Target = PartialDirectory::Target;
using ::testing::HasSubstr;

class PartialDirectoryTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<PartialDirectory>> Claim(Target target = Target::kMissing) {
    return PartialDirectory::Claim(iocd::PosixFileSystem(), path_, target);
  }

  const iocd::testing::TemporaryDirectory directory_;
  const std::string path_ = directory_.File("made");
};

TEST_F(PartialDirectoryTest, HasItsNameOnlyWhenItIsPublished) {
  {
    const auto claimed = Claim();
    ASSERT_TRUE(claimed.ok()) << claimed.status();
    std::ofstream((*claimed)->partial() + "/file") << "x";
    EXPECT_FALSE(fs::exists(path_));
    ASSERT_TRUE((*claimed)->Publish().ok());
  }
  EXPECT_TRUE(fs::exists(path_ + "/file"));
  EXPECT_FALSE(fs::exists(path_ + ".partial"));
}

TEST_F(PartialDirectoryTest, IsGoneIfItIsNotPublished) {
  {
    const auto claimed = Claim();
    ASSERT_TRUE(claimed.ok());
    std::ofstream((*claimed)->partial() + "/file") << "x";
  }
  EXPECT_TRUE(fs::is_empty(directory_.path()));
}

TEST_F(PartialDirectoryTest, BeginsEmptyAlsoBehindOneThatWasInterrupted) {
  fs::create_directories(path_ + ".partial/log");
  std::ofstream(path_ + ".partial/log/old") << "x";
  const auto claimed = Claim();
  ASSERT_TRUE(claimed.ok()) << claimed.status();
  EXPECT_TRUE(fs::is_empty((*claimed)->partial()));
}

TEST_F(PartialDirectoryTest, IsOneProcesssAtATime) {
  const auto first = Claim();
  ASSERT_TRUE(first.ok());
  std::ofstream((*first)->partial() + "/file") << "x";
  const auto second = Claim();
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status())) << second.status();
  EXPECT_TRUE(fs::exists((*first)->partial() + "/file"));
}

TEST_F(PartialDirectoryTest, TakesNoPlaceThatIsTaken) {
  fs::create_directory(path_);
  EXPECT_TRUE(absl::IsAlreadyExists(Claim().status()));
  EXPECT_TRUE(Claim(Target::kMissingOrEmpty).ok());
  std::ofstream(path_ + "/file") << "x";
  EXPECT_TRUE(absl::IsAlreadyExists(Claim(Target::kMissingOrEmpty).status()));
  fs::remove_all(path_);
  std::ofstream(path_) << "x";
  EXPECT_TRUE(absl::IsAlreadyExists(Claim(Target::kMissingOrEmpty).status()));
  fs::remove(path_);
  fs::create_symlink("nowhere", path_);
  EXPECT_TRUE(absl::IsAlreadyExists(Claim().status()));
  EXPECT_FALSE(fs::exists(path_ + ".partial"));
}

TEST_F(PartialDirectoryTest, DoesNotMakeTheDirectoriesAboveIt) {
  const auto claimed =
      PartialDirectory::Claim(iocd::PosixFileSystem(), path_ + "/deeper", Target::kMissing);
  EXPECT_TRUE(absl::IsNotFound(claimed.status())) << claimed.status();
  EXPECT_THAT(std::string(claimed.status().message()), HasSubstr("there is no directory " + path_));
}

TEST_F(PartialDirectoryTest, ThinksNothingOfASlashAtTheEndOrDots) {
  const auto claimed = PartialDirectory::Claim(
      iocd::PosixFileSystem(), directory_.path() + "/./x/../made/", Target::kMissing);
  ASSERT_TRUE(claimed.ok()) << claimed.status();
  EXPECT_EQ((*claimed)->path(), path_);
}

}  // namespace
}  // namespace ioc::backup
