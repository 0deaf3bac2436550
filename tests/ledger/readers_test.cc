// Threads that read while another one writes.
#include <atomic>
#include <thread>

#include "ledger_fixture.h"

namespace iocd::ledger {
namespace {

class LedgerReadersTest : public LedgerTest {};

TEST_F(LedgerReadersTest, SeeWholeUpdatesWhileTheyAreWritten) {
  constexpr std::uint64_t kUpdates = 100;
  const auto ledger = Open();
  Apply(*ledger, {});
  std::atomic<int> torn = 0, failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&, reader = Reader()] {
      for (std::uint64_t position = 0; position < kUpdates;) {
        const auto stood = reader->StoodAt("number", Timestamp::FromSeconds(kUpdates));
        const auto now = reader->Position();
        if (!stood.ok() || !now.ok()) {
          ++failed;
          return;
        }
        // All keys of one update, of one not older than that seen before nor newer than the next.
        for (const Change& change : *stood) {
          if (change.value != stood->front().value) ++torn;
        }
        const double number = stood->empty() ? 0 : stood->front().value.value_or(-1);
        if (number < static_cast<double>(position) || number > static_cast<double>(*now)) ++torn;
        position = *now;
      }
    });
  }
  for (std::uint64_t position = 1; position <= kUpdates; ++position) {
    Update update{.position = position};
    for (const char* scope : {"a", "b", "c", "d"}) {
      update.changes.push_back({.key = {.kind = "number", .scope = scope},
                                .at = Timestamp::FromSeconds(static_cast<std::int64_t>(position)),
                                .value = static_cast<double>(position)});
    }
    Apply(*ledger, update);
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(failed, 0);
}

}  // namespace
}  // namespace iocd::ledger
