#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bookkeeper/gone_reports.h"
#include "keeping.h"
#include "ledger/ledger_path.h"
#include "ledger/sqlite.h"

namespace iocd::bookkeeper {
namespace {

using domain::At;
using domain::Day;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

domain::CatalogueData Catalogue() {
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  data.working_days = domain::Spring2024();
  data.reports_from = Day("2024-02-01");  // January's are the first
  return data;
}

class BookkeeperTest : public Keeping {
 protected:
  BookkeeperTest() : Keeping(Catalogue()) {}

  void AdvanceTo(Timestamp time) { Advance(time - clock_.Now()); }
};

TEST_F(BookkeeperTest, RecordsAPeriodWhenItHasEndedAndAgainWhenItCloses) {
  Push("a", "flow", At("2024-01-02", 8, 0), 3);
  Look();
  EXPECT_THAT(Revisions("a", "flow", "2024-01"), IsEmpty());
  AdvanceTo(At("2024-02-01", 0, 0));
  Look();
  EXPECT_THAT(Revisions("a", "flow", "2024-01"), ElementsAre("1 provisional 3"));
  EXPECT_THAT(Revisions("province", "flow", "2024-01"), ElementsAre("1 provisional 3"));
  AdvanceTo(At("2024-03-03", 0, 0));
  Look();
  EXPECT_THAT(Revisions("a", "flow", "2024-01"), ElementsAre("1 provisional 3", "2 closed 3"));
}

TEST_F(BookkeeperTest, ALateEventRestatesAClosedPeriodWithinAMinute) {
  Push("a", "flow", At("2024-01-02", 8, 0), 3);
  AdvanceTo(At("2024-03-04", 10, 0));
  Look();
  EXPECT_THAT(Revisions("a", "flow", "2024-01"), ElementsAre("1 closed 3"));
  Push("a", "flow", At("2024-01-20", 8, 0), 4);
  Advance(Duration::Seconds(60));
  Look();
  EXPECT_THAT(Revisions("a", "flow", "2024-01"), ElementsAre("1 closed 3", "2 restated 7"));
  EXPECT_THAT(Revisions("province", "flow", "2024-01"), ElementsAre("1 closed 3", "2 restated 7"));
  EXPECT_THAT(Revisions("b", "flow", "2024-01"), IsEmpty());
}

TEST_F(BookkeeperTest, ARoundWritesOnlyWhatMayHaveChanged) {
  Push("a", "flow", At("2024-01-02", 8, 0), 3);
  Look();
  Advance(Duration::Seconds(60));
  Push("a", "ratio", At("2024-01-02", 8, 0), 1, 2);
  seen_.outcomes.clear();
  Look();
  // History, the two indicators of the newest arrivals, and the position.
  EXPECT_LE(seen_.outcomes.size(), 4u);
  seen_.outcomes.clear();
  Look();
  EXPECT_THAT(seen_.outcomes, IsEmpty()) << "nothing is due any more";
  const auto position = Reader()->Position();
  ASSERT_TRUE(position.ok());
  EXPECT_EQ(*position, harness_.engine().AppliedPosition());
}

TEST_F(BookkeeperTest, AReportThatBecomesLateWithTimeAloneIsCountedWithinAMinute) {
  Look();
  AdvanceTo(At("2024-02-16", 16, 59));  // the last moment for January's
  Look();
  EXPECT_THAT(LateCounts(2024), IsEmpty());
  Advance(Duration::Seconds(60));
  Look();
  EXPECT_EQ(LateCounts(2024), LateCountsOfState());
  EXPECT_EQ(LateCounts(2024)["a"], 9u);
}

TEST_F(BookkeeperTest, HistoryHasEachChangeOnceThoughTheProcessIsLost) {
  AdvanceTo(At("2024-02-01", 9, 0));
  Look();
  Kill();
  Start();
  Look();
  Push("a", "flow", At("2024-01-31", 8, 0), 3);
  Advance(Duration::Seconds(1));
  Kill();  // before anybody could see it
  Start();
  Advance(Duration::Seconds(1));
  Look();
  const auto changes = Reader()->ChangesOf({kFreshness, "a", "flow", ""}, {}, clock_.Now());
  ASSERT_TRUE(changes.ok());
  const auto at_end =
      Reader()->ChangesOf({kFreshness, "a", "flow", ""}, {}, clock_.Now() + Duration::Seconds(1));
  ASSERT_TRUE(at_end.ok());
  ASSERT_THAT(*at_end, SizeIs(2));
  EXPECT_EQ(at_end->front().text, "due");
  EXPECT_EQ(at_end->back().text, "fresh");
  EXPECT_THAT(*changes, SizeIs(1)) << "the change is told with the time at which it was seen";
  ExpectHistoryOfState();
}

TEST_F(BookkeeperTest, WaiversEnterWithTheirCatalogueAndAreWithdrawnWithIt) {
  Look();
  domain::CatalogueData with = Catalogue();
  with.waivers = {{.department = 1,
                   .indicator = std::nullopt,
                   .first = Day("2024-02-01"),
                   .last = Day("2024-02-29"),
                   .reason = "lũ quét",
                   .author = "UBND tỉnh",
                   .date = Day("2024-01-30")}};
  ASSERT_TRUE(harness_.ChangeCatalogue(with).ok());
  AdvanceTo(At("2024-02-20", 9, 0));
  Look();
  EXPECT_EQ(LateCounts(2024), LateCountsOfState());
  EXPECT_EQ(LateCounts(2024).count("b"), 0u);
  ASSERT_TRUE(harness_.ChangeCatalogue(Catalogue()).ok());
  Look();
  EXPECT_EQ(LateCounts(2024)["b"], 9u);
  const auto waivers = Reader()->Waivers();
  ASSERT_TRUE(waivers.ok());
  ASSERT_THAT(*waivers, SizeIs(1));
  EXPECT_EQ(waivers->front().waiver.department, "b");
  EXPECT_EQ(waivers->front().withdrawn_at, clock_.Now());
}

TEST_F(BookkeeperTest, WhatTheCatalogueNoLongerHasCountsAsLateNoMore) {
  AdvanceTo(At("2024-02-20", 9, 0));
  Look();
  EXPECT_EQ(LateCounts(2024)["a"], 9u);
  domain::CatalogueData less = Catalogue();
  less.indicators.pop_back();
  less.departments.pop_back();  // "outside"
  ASSERT_TRUE(harness_.ChangeCatalogue(less).ok());
  Look();
  EXPECT_EQ(LateCounts(2024), LateCountsOfState());
  EXPECT_EQ(LateCounts(2024)["a"], 8u);
  EXPECT_EQ(LateCounts(2024).count("outside"), 0u);
}

TEST_F(BookkeeperTest, ALedgerThatIsHeldIsTriedAgainAndLacksNothingThen) {
  Push("a", "flow", At("2024-01-02", 8, 0), 3);
  AdvanceTo(At("2024-02-01", 9, 0));
  auto other = ledger::Database::Open(ledger::LedgerPath(directory_.path()),
                                      ledger::Database::Access::kWrite);
  ASSERT_TRUE(other.ok());
  ASSERT_TRUE((*other)->RunScript("BEGIN IMMEDIATE").ok());
  Look();
  EXPECT_THAT(seen_.log, ElementsAre(HasSubstr("another program has held it")));
  EXPECT_THAT(seen_.outcomes, SizeIs(1));
  Look();
  EXPECT_THAT(seen_.outcomes, SizeIs(1)) << "not before a while has passed";
  Advance(Duration::Seconds(10));
  Look();
  EXPECT_THAT(seen_.outcomes, SizeIs(2));
  EXPECT_THAT(seen_.log, SizeIs(1)) << "told once";
  ASSERT_TRUE((*other)->RunScript("ROLLBACK").ok());
  Advance(Duration::Seconds(10));
  Look();
  EXPECT_THAT(seen_.log, Contains("recovered"));
  EXPECT_THAT(Revisions("a", "flow", "2024-01"), ElementsAre("1 provisional 3"));
  ExpectPeriodsOfState();
  ExpectHistoryOfState();
}

TEST_F(BookkeeperTest, WritesNothingWhileTheClockIsInDoubt) {
  Look();
  ASSERT_TRUE(guard_->Check(clock_.ReadBoth()).ok());
  seen_.outcomes.clear();
  clock_.Jump(Duration::Days(60));
  Look();
  EXPECT_THAT(seen_.outcomes, IsEmpty());
  clock_.Jump({-Duration::Days(60).nanos});
  Advance(Duration::Seconds(60));
  Look();
  EXPECT_FALSE(seen_.outcomes.empty());
}

TEST_F(BookkeeperTest, TheLastRoundBringsWhatCameSinceTheOneBefore) {
  Push("a", "flow", At("2024-01-02", 8, 0), 3);
  AdvanceTo(At("2024-02-01", 9, 0));
  Look();
  Push("b", "flow", At("2024-01-03", 8, 0), 4);
  bookkeeper_->Tell(std::make_shared<const standing::Standing>(
      standing::TakeStanding(harness_.engine(), clock_.Now())));
  bookkeeper_->Finish(Duration::Seconds(1));
  ExpectPeriodsOfState();
  ExpectHistoryOfState();
}

TEST_F(BookkeeperTest, TellsThatTheLedgerKnowsMoreThanTheLog) {
  Push("a", "flow", At("2024-01-02", 8, 0), 3);
  Look();
  ledger::Update update;
  update.position = harness_.engine().AppliedPosition() + 1;
  Kill();
  {
    auto ledger = ledger::Ledger::Open(ledger::LedgerPath(directory_.path()));
    ASSERT_TRUE(ledger.ok() && (*ledger)->Apply(update).ok());
  }
  Start();
  Look();
  EXPECT_THAT(seen_.log, ElementsAre("ahead"));
  EXPECT_EQ(*Reader()->Position(), harness_.engine().AppliedPosition());
}

}  // namespace
}  // namespace iocd::bookkeeper
