// Random updates against maps.
#include <algorithm>

#include "ledger_fixture.h"
#include "ledger_model.h"
#include "random_updates.h"

namespace iocd::ledger {
namespace {

class LedgerPropertyTest : public LedgerTest {};

TEST_F(LedgerPropertyTest, AnswersAsTheModelDoes) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const iocd::testing::TemporaryDirectory directory;
    LedgerModel model;
    auto ledger = Ledger::Open(LedgerPath(directory.path()));
    ASSERT_TRUE(ledger.ok()) << ledger.status();
    const auto reader = LedgerReader::Open(LedgerPath(directory.path()));
    ASSERT_TRUE(reader.ok()) << reader.status();
    for (std::uint64_t position = 1; position <= 120; ++position) {
      if (position % 40 == 0) {  // opened anew
        *ledger = nullptr;
        ledger = Ledger::Open(LedgerPath(directory.path()));
        ASSERT_TRUE(ledger.ok()) << ledger.status();
        ASSERT_EQ((*ledger)->position(), position - 1);
      }
      const Update update = RandomUpdate(seed, position);
      model.Apply(update);
      Apply(**ledger, update);
      ASSERT_EQ(model.DifferenceFrom(**reader), "") << "seed " << seed << " at " << position;
    }
  }
}

TEST_F(LedgerPropertyTest, WritesNothingWhenAnUpdateRepeatsWhatStands) {
  const auto ledger = Open();
  for (std::uint64_t position = 1; position <= 20; ++position) {
    Update update = RandomUpdate(4, position);
    update.periods.resize(std::min<std::size_t>(update.periods.size(), 1));
    update.changes.resize(std::min<std::size_t>(update.changes.size(), 1));
    Apply(*ledger, update);
    const auto raw = Raw();
    const std::string counts =
        "SELECT (SELECT COUNT(*) FROM period_revisions), (SELECT COUNT(*) FROM history),"
        " (SELECT COUNT(*) FROM reports), (SELECT COUNT(*) FROM waivers)";
    const auto before = Rows(*raw, counts, 4);
    Apply(*ledger, update);
    EXPECT_EQ(Rows(*raw, counts, 4), before);
  }
}

}  // namespace
}  // namespace iocd::ledger
