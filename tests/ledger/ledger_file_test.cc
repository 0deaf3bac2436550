#include <fstream>
#include <sstream>

#include "faulty_disk.h"
#include "ledger_fixture.h"
#include "random_updates.h"

namespace iocd::ledger {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LedgerFileTest : public LedgerTest {
 protected:
  /// Of the file, or of the one beside it with that ending.
  std::string Bytes(const std::string& ending = "") const {
    std::ostringstream bytes;
    bytes << std::ifstream(path() + ending, std::ios::binary).rdbuf();
    return bytes.str();
  }
  void SetBytes(const std::string& bytes, const std::string& ending = "") const {
    std::ofstream(path() + ending, std::ios::binary | std::ios::trunc) << bytes;
  }

  /// Fills a ledger and closes it.
  void Fill() {
    const auto ledger = Open();
    for (std::uint64_t position = 1; position <= 30; ++position) {
      Apply(*ledger, RandomUpdate(1, position));
    }
  }

  void ExpectDamaged() {
    const std::string before = Bytes();
    const absl::Status status = Ledger::Open(path()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(path()));
    EXPECT_THAT(std::string(status.message()), HasSubstr("copy from a backup"));
    EXPECT_EQ(Bytes(), before);
  }
};

TEST_F(LedgerFileTest, BeginsAtPositionZeroWithNothing) {
  EXPECT_EQ(Open()->position(), 0u);
  const auto reader = Reader();
  EXPECT_EQ(reader->Position().value_or(1), 0u);
  EXPECT_THAT(LinesOf(reader->NewestOfScope(kProvince)), IsEmpty());
  EXPECT_THAT(LinesOf(reader->Waivers()), IsEmpty());
}

TEST_F(LedgerFileTest, KnowsItsPositionWhenItIsOpenedAgain) {
  Apply(*Open(), {.position = 1'234'567'890'123});
  EXPECT_EQ(Open()->position(), 1'234'567'890'123u);
}

TEST_F(LedgerFileTest, SyncsEachUpdate) {
  FaultyDisk disk;
  const auto ledger = Open();
  for (std::uint64_t position = 1; position <= 5; ++position) {
    const int syncs = disk.syncs();
    Apply(*ledger, {.position = position});
    EXPECT_GT(disk.syncs(), syncs);
  }
}

TEST_F(LedgerFileTest, IsNotMadeInADirectoryThatDoesNotExist) {
  const absl::Status status = Ledger::Open(directory_.File("none/ledger.sqlite")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("none/ledger.sqlite: cannot be opened"));
}

TEST_F(LedgerFileTest, IsNotMadeByAReader) {
  EXPECT_EQ(LedgerReader::Open(path()).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_FALSE(std::ifstream(path()).is_open());
}

TEST_F(LedgerFileTest, RefusesAFileThatIsNoDatabase) {
  SetBytes(std::string(5'000, 'x'));
  ExpectDamaged();
}

TEST_F(LedgerFileTest, RefusesAFileWithAPageOfRubbishAndLeavesItAlone) {
  Fill();
  std::string bytes = Bytes();
  ASSERT_GT(bytes.size(), 5 * 4'096u);
  bytes.replace(2 * 4'096, 4'096, std::string(4'096, '\x55'));
  SetBytes(bytes);
  ExpectDamaged();
}

TEST_F(LedgerFileTest, LeavesTheLogOfADamagedFileAlone) {
  Fill();
  std::string log;
  {
    const auto ledger = Open();
    Apply(*ledger, RandomUpdate(1, 31));
    log = Bytes("-wal");  // as SIGKILL would leave it
  }
  ASSERT_FALSE(log.empty());
  std::string bytes = Bytes();
  bytes.replace(2 * 4'096, 4'096, std::string(4'096, '\x55'));
  SetBytes(bytes);
  SetBytes(log, "-wal");
  ExpectDamaged();
  EXPECT_EQ(Bytes("-wal"), log);
}

TEST_F(LedgerFileTest, RefusesAFileWhoseEndIsMissing) {
  Fill();
  SetBytes(Bytes().substr(0, 5 * 4'096));
  ExpectDamaged();
}

TEST_F(LedgerFileTest, SaysThatAnotherProgramHoldsItAndGoesOnAfterwards) {
  const auto ledger = Open();
  const auto other = Raw();
  ASSERT_TRUE(other->RunScript("BEGIN IMMEDIATE").ok());
  const absl::Status status = ledger->Apply({.position = 1});
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("another program has held it"));
  EXPECT_EQ(ledger->position(), 0u);
  ASSERT_TRUE(other->RunScript("ROLLBACK").ok());
  Apply(*ledger, {.position = 1});
  EXPECT_EQ(ledger->position(), 1u);
}

}  // namespace
}  // namespace iocd::ledger
