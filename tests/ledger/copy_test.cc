#include "ledger/copy.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "ledger_fixture.h"
#include "ledger_model.h"
#include "random_updates.h"

namespace iocd::ledger {
namespace {

using ::testing::ElementsAre;

class CopyLedgerTest : public LedgerTest {
 protected:
  std::string copy() const { return directory_.File("copy.sqlite"); }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(CopyLedgerTest, CopiesOneStateWithItsPositionWhileTheLedgerIsWritten) {
  constexpr std::uint64_t kUpdates = 150;
  const auto ledger = Open();
  std::thread writer([&ledger] {
    for (std::uint64_t position = 1; position <= kUpdates; ++position) {
      Apply(*ledger, RandomUpdate(6, position));
    }
  });
  LedgerModel model;
  do {
    absl::Status status = CopyLedger(path(), copy());
    EXPECT_TRUE(status.ok()) << status;
    const auto restored = Ledger::Open(copy());
    const auto reader = LedgerReader::Open(copy());
    EXPECT_TRUE(restored.ok() && reader.ok()) << restored.status() << reader.status();
    if (!restored.ok() || !reader.ok()) break;
    EXPECT_GE((*restored)->position(), model.position());
    while (model.position() < (*restored)->position()) {
      model.Apply(RandomUpdate(6, model.position() + 1));
    }
    EXPECT_EQ(model.DifferenceFrom(**reader), "");
    std::filesystem::remove(copy());
    for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(copy() + ending);
  } while (model.position() < kUpdates && !HasFailure());
  writer.join();
}

TEST_F(CopyLedgerTest, IsASingleFileThatCanBeReadByItself) {
  Apply(*Open(), RandomUpdate(6, 1));
  const absl::Status status = CopyLedger(path(), copy());
  ASSERT_TRUE(status.ok()) << status;
  const auto reader = LedgerReader::Open(copy());
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ((*reader)->Position().value_or(0), 1u);
  const auto names = Names();
  EXPECT_EQ(std::count_if(names.begin(), names.end(),
                          [](const std::string& name) { return name.rfind("copy", 0) == 0; }),
            1);
}

TEST_F(CopyLedgerTest, DoesNotReplaceAFile) {
  Open();
  std::ofstream(copy()) << "precious";
  EXPECT_EQ(CopyLedger(path(), copy()).code(), absl::StatusCode::kAlreadyExists);
  std::string content;
  std::ifstream(copy()) >> content;
  EXPECT_EQ(content, "precious");
}

TEST_F(CopyLedgerTest, LeavesNothingBehindWhenThereIsNoLedger) {
  EXPECT_EQ(CopyLedger(path(), copy()).code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(Names(), ElementsAre());
}

}  // namespace
}  // namespace iocd::ledger
