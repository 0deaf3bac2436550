#include "ledger_fixture.h"

namespace iocd::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LedgerHistoryTest : public LedgerTest {
 protected:
  static HistoryKey Status(const std::string& scope = kProvince) {
    return {.kind = "target_status", .scope = scope, .indicator = "gdp", .target = "2025"};
  }

  void Change(const HistoryKey& key, std::int64_t seconds, std::optional<std::string> text,
              std::optional<double> value = std::nullopt) {
    Apply(*ledger_, {.changes = {{.key = key,
                                  .at = Timestamp::FromSeconds(seconds),
                                  .text = std::move(text),
                                  .value = value}}});
  }
  std::vector<std::string> StoodAt(std::int64_t seconds, const char* kind = "target_status") {
    return LinesOf(Reader()->StoodAt(kind, Timestamp::FromSeconds(seconds)));
  }
  std::vector<std::string> Changes(std::int64_t from, std::int64_t to) {
    return LinesOf(
        Reader()->ChangesOf(Status(), Timestamp::FromSeconds(from), Timestamp::FromSeconds(to)));
  }

  const std::unique_ptr<Ledger> ledger_ = Open();
};

TEST_F(LedgerHistoryTest, TellsWhatStoodAtAnInstant) {
  Change(Status(), 10, "on_track");
  Change(Status(), 20, "lagging");
  Change(Status("stp"), 15, "achieved", 0.5);
  EXPECT_THAT(StoodAt(9), IsEmpty());
  EXPECT_THAT(StoodAt(10), ElementsAre("target_status province gdp 2025 @10 'on_track' -"));
  EXPECT_THAT(StoodAt(19), ElementsAre("target_status province gdp 2025 @10 'on_track' -",
                                       "target_status stp gdp 2025 @15 'achieved' 0.5"));
  EXPECT_THAT(StoodAt(20), ElementsAre("target_status province gdp 2025 @20 'lagging' -",
                                       "target_status stp gdp 2025 @15 'achieved' 0.5"));
  EXPECT_THAT(StoodAt(20, "freshness"), IsEmpty());
}

TEST_F(LedgerHistoryTest, GivesTheChangesBetweenTwoInstantsTheSecondLeftOut) {
  Change(Status(), 10, "on_track");
  Change(Status(), 20, "lagging");
  Change(Status(), 30, std::nullopt, 1);
  EXPECT_THAT(Changes(10, 30), ElementsAre("target_status province gdp 2025 @10 'on_track' -",
                                           "target_status province gdp 2025 @20 'lagging' -"));
  EXPECT_THAT(Changes(11, 31), ElementsAre("target_status province gdp 2025 @20 'lagging' -",
                                           "target_status province gdp 2025 @30 - 1"));
}

TEST_F(LedgerHistoryTest, WritesNothingForWhatHasNotChanged) {
  Change(Status(), 10, "on_track", 1);
  Change(Status(), 20, "on_track", 1);
  EXPECT_THAT(Changes(0, 99), ElementsAre("target_status province gdp 2025 @10 'on_track' 1"));
}

TEST_F(LedgerHistoryTest, TellsAbsentFromEmptyAndFromZero) {
  Change(Status(), 10, std::nullopt, std::nullopt);
  Change(Status(), 20, "", std::nullopt);
  Change(Status(), 30, "", 0);
  EXPECT_THAT(Changes(0, 99), ElementsAre("target_status province gdp 2025 @10 - -",
                                          "target_status province gdp 2025 @20 '' -",
                                          "target_status province gdp 2025 @30 '' 0"));
}

TEST_F(LedgerHistoryTest, LetsTheLastChangeOfAnInstantStand) {
  Change(Status(), 10, "on_track");
  Change(Status(), 10, "at_risk");
  Change(Status(), 10, "on_track");
  EXPECT_THAT(StoodAt(10), ElementsAre("target_status province gdp 2025 @10 'on_track' -"));
  EXPECT_THAT(Changes(0, 99), ElementsAre("target_status province gdp 2025 @10 'on_track' -",
                                          "target_status province gdp 2025 @10 'at_risk' -",
                                          "target_status province gdp 2025 @10 'on_track' -"));
}

TEST_F(LedgerHistoryTest, KeepsTheOrderOfChangesWhenTheClockIsSetBack) {
  Change(Status(), 20, "on_track");
  Change(Status(), 15, "lagging");
  EXPECT_THAT(StoodAt(19), IsEmpty());
  EXPECT_THAT(StoodAt(20), ElementsAre("target_status province gdp 2025 @20 'lagging' -"));
}

}  // namespace
}  // namespace iocd::ledger
