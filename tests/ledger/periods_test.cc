#include <limits>

#include "ledger_fixture.h"

namespace iocd::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LedgerPeriodsTest : public LedgerTest {
 protected:
  static PeriodKey March(const std::string& scope = "stttt") {
    return {.scope = scope, .indicator = "internet_users_pct", .period = "2024-03"};
  }

  /// One observation at so many seconds.
  void Observe(const PeriodKey& key, const PeriodFigures& figures, bool closed,
               std::int64_t seconds) {
    Apply(*ledger_, {.position = 1,
                     .recorded_at = Timestamp::FromSeconds(seconds),
                     .periods = {{.key = key, .figures = figures, .closed = closed}}});
  }
  void Observe(double value, bool closed, std::int64_t seconds) {
    Observe(March(), {.value = value}, closed, seconds);
  }

  std::vector<std::string> Revisions() { return LinesOf(Reader()->RevisionsOf(March())); }

  const std::unique_ptr<Ledger> ledger_ = Open();
};

TEST_F(LedgerPeriodsTest, AppendsARevisionWhenAFigureChanges) {
  Observe(5, false, 1);
  Observe(6, false, 2);
  EXPECT_THAT(
      Revisions(),
      ElementsAre("stttt internet_users_pct civil 2024-03 #1 5=-/- 0ev 0of0 provisional @1",
                  "stttt internet_users_pct civil 2024-03 #2 6=-/- 0ev 0of0 provisional @2"));
}

TEST_F(LedgerPeriodsTest, RecordsTheClosingOfAPeriodWhoseFiguresStay) {
  Observe(5, false, 1);
  Observe(5, true, 2);
  EXPECT_THAT(Revisions(),
              ElementsAre("stttt internet_users_pct civil 2024-03 #1 5=-/- 0ev 0of0 provisional @1",
                          "stttt internet_users_pct civil 2024-03 #2 5=-/- 0ev 0of0 closed @2"));
}

// A commune that was added to a member set restated ten years of figures that had not changed.
TEST_F(LedgerPeriodsTest, AMemberMoreRestatesNothing) {
  Observe(March(), {.value = 5, .members_have = 2, .members_owe = 2}, true, 1);
  Observe(March(), {.value = 5, .members_have = 2, .members_owe = 3}, true, 2);
  EXPECT_THAT(Revisions(),
              ElementsAre("stttt internet_users_pct civil 2024-03 #1 5=-/- 0ev 2of2 closed @1"));
}

TEST_F(LedgerPeriodsTest, RestatesAClosedPeriodEachTimeItChanges) {
  Observe(5, true, 1);
  Observe(6, true, 2);
  Observe(6, true, 3);
  Observe(5, true, 4);
  EXPECT_THAT(Revisions(),
              ElementsAre("stttt internet_users_pct civil 2024-03 #1 5=-/- 0ev 0of0 closed @1",
                          "stttt internet_users_pct civil 2024-03 #2 6=-/- 0ev 0of0 restated @2",
                          "stttt internet_users_pct civil 2024-03 #3 5=-/- 0ev 0of0 restated @4"));
}

TEST_F(LedgerPeriodsTest, IsProvisionalAgainWhenALongerTimeForLateFiguresReopensThePeriod) {
  Observe(5, true, 1);
  Observe(5, false, 2);
  Observe(6, true, 3);
  EXPECT_THAT(Revisions(),
              ElementsAre("stttt internet_users_pct civil 2024-03 #1 5=-/- 0ev 0of0 closed @1",
                          "stttt internet_users_pct civil 2024-03 #2 5=-/- 0ev 0of0 provisional @2",
                          "stttt internet_users_pct civil 2024-03 #3 6=-/- 0ev 0of0 closed @3"));
}

TEST_F(LedgerPeriodsTest, KeepsPartsAndMembersAndTellsAnAbsentValueFromZero) {
  Observe(March(),
          {.value = 0.1 + 0.2,
           .numerator = 3,
           .denominator = 10,
           .events = 7,
           .members_have = 2,
           .members_owe = 12},
          true, 1);
  Observe(March(), {.value = 0, .members_owe = 12}, true, 2);
  Observe(March(), {.members_owe = 12}, true, 3);
  EXPECT_THAT(
      Revisions(),
      ElementsAre("stttt internet_users_pct civil 2024-03 #1 0.30000000000000004=3/10 7ev 2of12 "
                  "closed @1",
                  "stttt internet_users_pct civil 2024-03 #2 0=-/- 0ev 0of12 restated @2",
                  "stttt internet_users_pct civil 2024-03 #3 -=-/- 0ev 0of12 restated @3"));
}

TEST_F(LedgerPeriodsTest, KeepsWhatIsNoFiniteNumberAsAbsentAndOnlyOnce) {
  Observe(std::numeric_limits<double>::quiet_NaN(), true, 1);
  Observe(std::numeric_limits<double>::infinity(), true, 2);
  EXPECT_THAT(Revisions(),
              ElementsAre("stttt internet_users_pct civil 2024-03 #1 -=-/- 0ev 0of0 closed @1"));
}

TEST_F(LedgerPeriodsTest, GivesTheNewestRevisionOfEachValueOfAPeriodOrScope) {
  PeriodKey quarter = March(kProvince), other_calendar = March();
  quarter.period = "2024-Q1";
  other_calendar.calendar = domain::CalendarKind::kAdmin;
  Observe(March(), {.value = 1}, false, 1);
  Observe(March(), {.value = 2}, false, 2);
  Observe(March(kProvince), {.value = 3}, false, 3);
  Observe(quarter, {.value = 4}, false, 4);
  Observe(other_calendar, {.value = 5}, false, 5);
  const auto reader = Reader();
  EXPECT_THAT(
      LinesOf(reader->NewestOfPeriod(domain::CalendarKind::kCivil, "2024-03")),
      ElementsAre("province internet_users_pct civil 2024-03 #1 3=-/- 0ev 0of0 provisional @3",
                  "stttt internet_users_pct civil 2024-03 #2 2=-/- 0ev 0of0 provisional @2"));
  EXPECT_THAT(
      LinesOf(reader->NewestOfScope(kProvince)),
      ElementsAre("province internet_users_pct civil 2024-03 #1 3=-/- 0ev 0of0 provisional @3",
                  "province internet_users_pct civil 2024-Q1 #1 4=-/- 0ev 0of0 provisional @4"));
  EXPECT_THAT(LinesOf(reader->NewestOfScope("stp")), IsEmpty());
}

}  // namespace
}  // namespace iocd::ledger
