#include "query/indicator_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exposition/populated_engine.h"
#include "query/query.h"
#include "support/manual_clock.h"

namespace iocd::query {
namespace {

using iocd::testing::kNow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ioc::v1::GetScorecardResponse Scorecard(const Query& query, const std::string& scope) {
  ioc::v1::GetScorecardRequest request;
  request.set_scope(scope);
  auto response = query.GetScorecard(request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response.ok() ? *std::move(response) : ioc::v1::GetScorecardResponse();
}

ioc::v1::IndicatorRow RowOf(const ioc::v1::GetScorecardResponse& response,
                            const std::string& indicator) {
  for (const ioc::v1::IndicatorRow& row : response.indicators()) {
    if (row.indicator() == indicator) return row;
  }
  ADD_FAILURE() << "no row of " << indicator;
  return {};
}

/// "month 2023-11 current 12 of 2 open", one for each period.
std::vector<std::string> Periods(const ioc::v1::IndicatorRow& row) {
  std::vector<std::string> periods;
  for (const ioc::v1::PeriodValue& period : row.periods()) {
    periods.push_back(absl::StrCat(period.kind(), " ", period.period(), " ", period.which(), " ",
                                   period.value(), " of ", period.events(), " ", period.state()));
  }
  return periods;
}

// In the zone of the province kNow is 15 November 2023, 05:13.
class IndicatorRowsTest : public ::testing::Test {
 protected:
  ioc::v1::IndicatorRow Row(const std::string& scope, const std::string& indicator) {
    return RowOf(Scorecard(query_, scope), indicator);
  }

  iocd::testing::PopulatedEngine engine_;
  iocd::testing::ManualClock clock_{kNow};
  Query query_{engine_.harness().engine(), clock_};
};

TEST_F(IndicatorRowsTest, TheProvinceHasARowForEveryIndicator) {
  const auto province = Scorecard(query_, "province");
  ASSERT_EQ(province.indicators_size(), 9);
  EXPECT_EQ(province.indicators(0).indicator(), "flow");
  EXPECT_EQ(province.indicators(0).scope(), "province");
  const auto everything = Scorecard(query_, "");
  ASSERT_EQ(everything.indicators_size(), 9);
  EXPECT_EQ(everything.indicators(8).scope(), "province");
}

TEST_F(IndicatorRowsTest, AWindowedKindHasItsThirtyDays) {
  const ioc::v1::IndicatorRow row = Row("province", "flow");
  EXPECT_EQ(row.window(), "30d");
  EXPECT_EQ(row.value(), 12);
  EXPECT_FALSE(row.has_value_time());
  EXPECT_EQ(row.members_ratio(), 0.5);
  EXPECT_TRUE(row.partial());
}

TEST_F(IndicatorRowsTest, ALatestValueHasItsTimeWhichIsThatOfTheOldestPart) {
  const ioc::v1::IndicatorRow row = Row("province", "coverage");
  EXPECT_EQ(row.window(), "latest");
  EXPECT_EQ(row.value(), 0.45);
  EXPECT_EQ(row.value_time().seconds(), 1'700'000'000);
}

TEST_F(IndicatorRowsTest, NoValueIsNeitherZeroNorAPeriod) {
  const ioc::v1::IndicatorRow row = Row("c", "flow");
  EXPECT_FALSE(row.has_value());
  EXPECT_THAT(Periods(row), IsEmpty());
  EXPECT_EQ(row.members_ratio(), 0);
  EXPECT_FALSE(Row("b", "rank").has_value_time());
}

TEST_F(IndicatorRowsTest, PeriodsHaveTheirNamesStatesAndEvents) {
  EXPECT_THAT(Periods(Row("a", "flow")),
              ElementsAre("day 2023-11-15 current 7 of 2 open", "month 2023-11 current 7 of 2 open",
                          "quarter 2023-Q4 current 7 of 2 open", "year 2023 current 7 of 2 open"));
  EXPECT_THAT(Periods(Row("province", "flow")).at(1), "month 2023-11 current 12 of 3 open");
  EXPECT_EQ(Row("province", "flow").periods(1).members_ratio(), 0.5);
}

TEST_F(IndicatorRowsTest, AYearLaterTheSamePeriodsOfLastYearStandThere) {
  clock_.Advance(Duration::Days(366));
  EXPECT_THAT(Periods(Row("a", "flow")), ElementsAre("day 2023-11-15 same_last_year 7 of 2 closed",
                                                     "month 2023-11 same_last_year 7 of 2 closed",
                                                     "quarter 2023-Q4 same_last_year 7 of 2 closed",
                                                     "year 2023 last 7 of 2 closed",
                                                     "year 2023 same_last_year 7 of 2 closed"));
  EXPECT_FALSE(Row("a", "flow").has_value()) << "nothing in 30 days";
}

// An event of up to 30 days ago is taken, also if the period has been closed meanwhile. The value
// of the period is restated; closed it stays.
TEST_F(IndicatorRowsTest, ALateEventRestatesAClosedPeriodWhichStaysClosed) {
  // Monthly by default: November is due on 7 December, and closed from the 26th.
  clock_.Advance(Duration::Days(44));  // 29 December
  ASSERT_EQ(Periods(Row("a", "flow")).at(0), "month 2023-11 last 7 of 2 closed");
  const auto send = [&](std::uint64_t sequence, Timestamp time) {
    auto& harness = engine_.harness();
    return harness.Push(
        harness.MakeBatch("late", sequence, {harness.Event("a", "flow", time, 100)}, clock_.Now()));
  };
  ASSERT_TRUE(send(1, kNow + Duration::Days(15)).ok());  // 30 November
  EXPECT_EQ(Periods(Row("a", "flow")).at(0), "month 2023-11 last 107 of 3 closed");
  EXPECT_EQ(Row("a", "flow").value(), 100) << "and it counts in the windows";
  EXPECT_EQ(Periods(Row("province", "flow")).at(0), "month 2023-11 last 112 of 4 closed");

  engine_.harness().Kill();
  ASSERT_TRUE(engine_.harness().Start().ok());
  const Query again(engine_.harness().engine(), clock_);
  EXPECT_EQ(Periods(RowOf(Scorecard(again, "a"), "flow")).at(0),
            "month 2023-11 last 107 of 3 closed");
}

// "owned" is reported by "a" alone and is fed by "flow", which all report, in the administration's
// calendar.
domain::CatalogueData FedCatalogue() {
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  data.indicators[0].calendar = domain::CalendarKind::kAdmin;
  domain::Indicator fed = data.indicators[0];
  fed.code = "fed";
  fed.calendar = domain::CalendarKind::kCivil;
  fed.reporters = domain::Reporters::kOwner;
  fed.owner = 0;
  fed.fed_by = 0;
  data.indicators.push_back(fed);
  return data;
}

TEST(FedIndicatorRowsTest, FollowTheOthersCalendarAndAreTheOwnersAlone) {
  iocd::testing::EngineHarness harness(FedCatalogue());
  ASSERT_TRUE(harness.Start().ok());
  ASSERT_TRUE(harness
                  .Push(harness.MakeBatch("p", eventlog::Sequence{1},
                                          {harness.Event("b", "flow", kNow, 3)}, kNow))
                  .ok());
  const iocd::testing::ManualClock clock(kNow);
  const Query query(harness.engine(), clock);
  const ioc::v1::IndicatorRow row = RowOf(Scorecard(query, "province"), "fed");
  EXPECT_EQ(row.value(), 3);
  EXPECT_EQ(Periods(row).at(1), "month 2023-12 current 3 of 1 open");
  EXPECT_EQ(Scorecard(query, "a").indicators_size(), 10);
  EXPECT_EQ(Scorecard(query, "b").indicators_size(), 9);
}

}  // namespace
}  // namespace iocd::query
