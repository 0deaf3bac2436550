// A ledger that is damaged: the start stops if it can be read through at once; otherwise the daemon
// goes on without it.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "base/posix_file_system.h"
#include "bookkeeper/ledger_backup.h"
#include "keeping.h"
#include "ledger/ledger_path.h"

namespace iocd::bookkeeper {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DamagedLedger : public Keeping {
 protected:
  DamagedLedger() : Keeping(iocd::testing::TestCatalogueData()) {}

  std::string path() const { return ledger::LedgerPath(directory_.path()); }

  void Damage() {
    bookkeeper_.reset();  // closes the file, whose log goes into it
    const auto bytes = std::filesystem::file_size(path());
    std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(bytes - 4'096));  // the last page
    file << std::string(4'096, '\xff');
  }

  std::string Bytes() const {
    std::ifstream file(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// Goes on with a ledger that was too large to be read through at the start.
  void StartUnchecked() {
    auto ledger = ledger::Ledger::Open(path(), ledger::Ledger::Check::kLater);
    ASSERT_TRUE(ledger.ok()) << ledger.status();
    bookkeeper_ = std::make_unique<Bookkeeper>(
        harness_.engine(), clock_, *guard_, OpenedLedger{path(), *std::move(ledger), false}, seen_);
  }
};

TEST_F(DamagedLedger, StopsTheStartWithASentenceThatSaysWhatToDo) {
  Look();
  Damage();
  const std::string before = Bytes();
  const auto opened = OpenLedger(directory_.path());
  EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr(path() + ": is damaged"));
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("move it away"));
  EXPECT_EQ(Bytes(), before);
}

TEST_F(DamagedLedger, ThatIsLargeIsFoundAfterTheStartAndLeftAsItIs) {
  Look();
  Damage();
  const std::string before = Bytes();
  StartUnchecked();
  seen_.outcomes.clear();
  Look();
  EXPECT_THAT(seen_.log, ElementsAre(HasSubstr("is damaged")));
  Advance(Duration::Seconds(1'800));
  Look();
  bookkeeper_->Finish(Duration::Seconds(1));
  EXPECT_THAT(seen_.outcomes, IsEmpty()) << "nothing is written";
  bookkeeper_.reset();
  EXPECT_EQ(Bytes(), before);
}

TEST_F(DamagedLedger, ALargeOneThatIsSoundIsWritten) {
  Look();
  bookkeeper_.reset();
  StartUnchecked();
  seen_.outcomes.clear();
  Look();
  EXPECT_THAT(seen_.log, IsEmpty());
  EXPECT_FALSE(seen_.outcomes.empty());
}

TEST_F(DamagedLedger, TheCheckOfALargeOneEndsWhenTheDaemonDoes) {
  Look();
  bookkeeper_.reset();
  StartUnchecked();
  seen_.outcomes.clear();
  bookkeeper_->Hurry();
  Look();
  EXPECT_THAT(seen_.outcomes, IsEmpty());
  EXPECT_THAT(seen_.log, IsEmpty()) << "to stop is no failure";
}

TEST_F(DamagedLedger, ACopyForABackupIsReadToItsEndAndLeavesNothingBehind) {
  Look();
  std::ofstream(directory_.File("ledger.backup.sqlite")) << "of a process that was killed";
  const auto copy = OpenLedgerCopy(PosixFileSystem(), directory_.path());
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_FALSE(std::filesystem::exists(directory_.File("ledger.backup.sqlite")));
  std::string bytes;
  ASSERT_TRUE(copy->file->Read(0, copy->bytes, &bytes).ok());
  const iocd::testing::TemporaryDirectory elsewhere;
  std::ofstream(elsewhere.File(copy->name), std::ios::binary) << bytes;
  const auto reader = ledger::LedgerReader::Open(elsewhere.File(copy->name));
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ(*(*reader)->Position(), harness_.engine().AppliedPosition());
}

}  // namespace
}  // namespace iocd::bookkeeper
