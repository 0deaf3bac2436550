// The disk fills up or refuses, at each write and sync in turn.
#include <sqlite3.h>

#include <filesystem>

#include "faulty_disk.h"
#include "ledger/copy.h"
#include "ledger_fixture.h"
#include "ledger_model.h"
#include "random_updates.h"

namespace iocd::ledger {
namespace {

struct Fault {
  const char* name;
  int code;
  absl::StatusCode status;
};

class LedgerDiskFaultsTest : public LedgerTest, public ::testing::WithParamInterface<Fault> {
 protected:
  FaultyDisk disk_;
};

TEST_P(LedgerDiskFaultsTest, LeaveNothingOfAnUpdateAndLetItBeTriedAgain) {
  auto ledger = Open();
  LedgerModel model;
  int faults = 0;
  for (int calls = 0;; ++calls) {
    const Update update = RandomUpdate(7, model.position() + 1);
    disk_.FailAfter(calls, GetParam().code);
    const absl::Status status = ledger->Apply(update);
    disk_.Mend();
    if (status.ok()) {
      ASSERT_FALSE(disk_.failed());
      break;
    }
    ++faults;
    ASSERT_EQ(status.code(), GetParam().status) << status;
    ASSERT_EQ(ledger->position(), model.position());
    ASSERT_EQ(model.DifferenceFrom(*Reader()), "") << "after " << calls;
    Apply(*ledger, update);
    model.Apply(update);
    ASSERT_EQ(model.DifferenceFrom(*Reader()), "") << "after " << calls;
  }
  EXPECT_GT(faults, 4);
}

TEST_P(LedgerDiskFaultsTest, LeaveAWholeUpdateOrNothingWhenTheProcessEndsWithThem) {
  LedgerModel before;
  Open();
  for (int calls = 0;; ++calls) {
    const Update update = RandomUpdate(8, before.position() + 1);
    LedgerModel after = before;
    after.Apply(update);
    {
      const auto ledger = Open();
      disk_.FailAfter(calls, GetParam().code);
      ledger->Apply(update).IgnoreError();
    }  // closed while the disk still refuses
    disk_.Mend();
    const auto ledger = Open();
    ASSERT_NE(ledger, nullptr);
    const LedgerModel& found = ledger->position() == after.position() ? after : before;
    ASSERT_EQ(found.DifferenceFrom(*Reader()), "") << "after " << calls;
    before = found;
    if (!disk_.failed()) break;
  }
}

TEST_P(LedgerDiskFaultsTest, LeaveNoHalfCopy) {
  const std::string copy = directory_.File("copy.sqlite");
  const auto ledger = Open();
  Apply(*ledger, RandomUpdate(9, 1));
  int faults = 0;
  for (int calls = 0;; ++calls) {
    disk_.FailAfter(calls, GetParam().code);
    const absl::Status status = CopyLedger(path(), copy);
    disk_.Mend();
    if (status.ok()) {
      ASSERT_FALSE(disk_.failed());
      break;
    }
    ++faults;
    ASSERT_EQ(status.code(), GetParam().status) << status;
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) {
      ASSERT_FALSE(std::filesystem::exists(copy + ending)) << ending;
    }
  }
  EXPECT_GT(faults, 4);
}

INSTANTIATE_TEST_SUITE_P(
    All, LedgerDiskFaultsTest,
    ::testing::Values(Fault{"DiskFull", SQLITE_FULL, absl::StatusCode::kResourceExhausted},
                      Fault{"WriteRefused", SQLITE_IOERR_WRITE, absl::StatusCode::kUnavailable},
                      Fault{"SyncRefused", SQLITE_IOERR_FSYNC, absl::StatusCode::kUnavailable}),
    [](const auto& fault) { return std::string(fault.param.name); });

}  // namespace
}  // namespace iocd::ledger
