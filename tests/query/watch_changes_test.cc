#include "query/watch_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "exposition/populated_engine.h"

namespace iocd::query {
namespace {

using domain::CivilDate;
using iocd::testing::kNow;
using standing::Standing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kA = 0;  // the department

/// The targets of CatalogueWithTargets(), that of "flow" with a way to go; "flow" is realtime.
domain::CatalogueData Catalogue() {
  domain::CatalogueData data = iocd::testing::CatalogueWithTargets();
  domain::TargetTerms& flow = data.targets[1].terms;
  flow.deadline = CivilDate::FromYearMonthDay(2026, 1, 1);
  flow.baseline = 0;
  flow.baseline_date = CivilDate::FromYearMonthDay(2023, 1, 1);
  data.indicators[0].cadence = domain::Cadence::kRealtime;
  data.indicators[0].due = domain::DefaultDueRule(domain::Cadence::kRealtime);
  return data;
}

class WatchChangesTest : public ::testing::Test {
 protected:
  WatchChangesTest() : WatchChangesTest(Catalogue()) {}
  explicit WatchChangesTest(domain::CatalogueData data) : harness_(std::move(data)) {
    EXPECT_TRUE(harness_.Start().ok());
    Push("flow", 7);
    Push("coverage", 0.6);
  }

  void Push(const std::string& indicator, double value, Timestamp time = kNow) {
    auto event = harness_.Event("a", indicator, time, value);
    if (indicator == "coverage") {  // of ten
      event.first = value * 10;
      event.second = 10;
      event.has_second = true;
    }
    EXPECT_TRUE(
        harness_.Push(harness_.MakeBatch("p", eventlog::Sequence{++sequence_}, {event}, time))
            .ok());
  }

  Standing At(Timestamp now) { return standing::TakeStanding(harness_.engine(), now); }

  /// The message, or an empty one that says when it is for no time at all.
  static ioc::v1::WatchResponse Between(const Standing& before, const Standing& after,
                                        const std::string& scope) {
    const auto message = Changes(&before, after, *FindWatchScope(*after.catalogue, scope));
    return message == nullptr ? ioc::v1::WatchResponse() : *message;
  }
  static bool Silent(const Standing& before, const Standing& after, const std::string& scope) {
    return Changes(&before, after, *FindWatchScope(*after.catalogue, scope)) == nullptr;
  }
  static ioc::v1::WatchResponse All(const Standing& standing, const std::string& scope) {
    return *Changes(nullptr, standing, *FindWatchScope(*standing.catalogue, scope));
  }

  template <typename Rows>
  static std::vector<std::string> Indicators(const Rows& rows) {
    std::vector<std::string> codes;
    for (const auto& row : rows) codes.push_back(row.indicator());
    return codes;
  }
  static std::vector<std::string> Departments(const ioc::v1::WatchResponse& message) {
    std::vector<std::string> codes;
    for (const auto& row : message.departments()) codes.push_back(row.department());
    return codes;
  }

  iocd::testing::EngineHarness harness_;
  std::uint64_t sequence_ = 0;
};

TEST_F(WatchChangesTest, TheFirstMessageHoldsAllOfTheProvince) {
  const auto message = All(At(kNow), "province");
  EXPECT_TRUE(message.complete());
  EXPECT_EQ(message.time().seconds(), kNow.nanos / 1'000'000'000);
  EXPECT_THAT(Indicators(message.targets()), ElementsAre("coverage"));
  ASSERT_EQ(message.indicators_size(), 9);
  EXPECT_EQ(message.indicators(0).scope(), "province");
  EXPECT_EQ(message.indicators(0).value(), 7);
  EXPECT_EQ(message.indicators(0).window(), "30d");
  EXPECT_EQ(message.indicators(0).freshness(), "");
  EXPECT_TRUE(message.indicators(0).partial());
  EXPECT_THAT(Departments(message), ElementsAre("a", "b", "c", "outside"));
}

TEST_F(WatchChangesTest, TheFirstMessageHoldsAllOfADepartment) {
  const auto message = All(At(kNow), "a");
  EXPECT_THAT(Indicators(message.targets()), ElementsAre("flow"));
  ASSERT_EQ(message.indicators_size(), 9);
  EXPECT_EQ(message.indicators(0).scope(), "a");
  EXPECT_EQ(message.indicators(0).freshness(), "fresh");
  EXPECT_EQ(message.indicators(4).window(), "latest");
  EXPECT_EQ(message.indicators(4).value_time().seconds(), kNow.nanos / 1'000'000'000);
  EXPECT_THAT(Departments(message), ElementsAre("a"));
}

TEST_F(WatchChangesTest, EveryScopeIsEveryTargetAndEveryIndicatorOfAll) {
  const auto message = All(At(kNow), "");
  EXPECT_THAT(Indicators(message.targets()), ElementsAre("coverage", "flow"));
  EXPECT_EQ(message.indicators_size(), 9 * 5) << "of the province and of four departments";
  EXPECT_EQ(message.indicators(0).scope(), "province");
  EXPECT_EQ(message.indicators(1).scope(), "a");
  EXPECT_EQ(message.indicators(1).value(), 7);
  EXPECT_EQ(message.departments_size(), 4);

  const Standing before = At(kNow);
  Push("flow", 1);
  const auto change = Between(before, At(kNow), "");
  EXPECT_THAT(Indicators(change.indicators()), ElementsAre("flow", "flow"));
  EXPECT_EQ(change.indicators(1).scope(), "a");
  EXPECT_EQ(change.indicators(1).value(), 8);
}

TEST_F(WatchChangesTest, AScopeThatIsNoneIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(FindWatchScope(harness_.catalogue(), "nowhere").status()));
}

TEST_F(WatchChangesTest, AValueThatChangedBringsItsRowsAndNoOthers) {
  const Standing before = At(kNow);
  Push("coverage", 0.9);
  const auto message = Between(before, At(kNow), "province");
  EXPECT_FALSE(message.complete());
  ASSERT_THAT(Indicators(message.targets()), ElementsAre("coverage"));
  EXPECT_EQ(message.targets(0).actual(), 0.9);
  EXPECT_EQ(message.targets(0).status(), "achieved");
  ASSERT_THAT(Indicators(message.indicators()), ElementsAre("coverage"));
  EXPECT_EQ(message.indicators(0).value(), 0.9);
  EXPECT_THAT(Departments(message), IsEmpty()) << "it owes and has brought what it had before";
}

TEST_F(WatchChangesTest, ANewerFigureOfTheSameValueIsAChange) {
  const Standing before = At(kNow);
  const Timestamp later = kNow + Duration::Seconds(60);
  Push("coverage", 0.6, later);
  const auto message = Between(before, At(later), "province");
  ASSERT_THAT(Indicators(message.targets()), ElementsAre("coverage"));
  EXPECT_EQ(message.targets(0).actual_time().seconds(), later.nanos / 1'000'000'000);
}

TEST_F(WatchChangesTest, WhatOnlyTheClockMovesCallsForNoMessage) {
  const Standing before = At(kNow), after = At(kNow + Duration::Seconds(2'799));
  ASSERT_NE(before.targets[1].assessment.expected, after.targets[1].assessment.expected);
  ASSERT_EQ(before.targets[1].assessment.status, after.targets[1].assessment.status);
  for (const char* scope : {"", "province", "a"}) EXPECT_TRUE(Silent(before, after, scope));
}

TEST_F(WatchChangesTest, OnceAnHourItIsBroughtUpToDate) {
  // The full hour begins 2,800 s after kNow.
  const Standing before = At(kNow + Duration::Seconds(2'799));
  const Standing after = At(kNow + Duration::Seconds(2'800));
  const auto message = Between(before, after, "a");
  ASSERT_THAT(Indicators(message.targets()), ElementsAre("flow"));
  EXPECT_EQ(message.targets(0).expected(), after.targets[1].assessment.expected);
  EXPECT_THAT(Indicators(Between(before, after, "province").targets()), IsEmpty())
      << "its target's figures stand still";
}

TEST_F(WatchChangesTest, WhenARealtimeSourceWasHeardCallsForNoMessageWithinTheHour) {
  const Standing before = At(kNow);
  const Timestamp later = kNow + Duration::Seconds(60);
  Push("flow", 0, later);
  const Standing after = At(later);
  ASSERT_NE(before.departments[kA].present[0].received, after.departments[kA].present[0].received);
  EXPECT_TRUE(Silent(before, after, "a"));
}

// It was told of only if it happened to be heard between the last look of an hour and the first of
// the next.
TEST_F(WatchChangesTest, WhenARealtimeSourceWasHeardIsToldOnceWithTheHour) {
  const Timestamp heard = kNow + Duration::Seconds(60);
  Push("flow", 0, heard);
  const Timestamp hour{(kNow.nanos / 3'600'000'000'000 + 1) * 3'600'000'000'000};
  const Standing last = At({hour.nanos - 1});
  const Standing first = At(hour);
  EXPECT_THAT(Departments(Between(last, first, "a")), ElementsAre("a"));
  EXPECT_TRUE(Silent(first, At(hour + Duration::Seconds(1)), "a"));
}

TEST_F(WatchChangesTest, TimeAloneMakesAReportDue) {
  // October's report was owed in November; that of November begins to be owed in December.
  const Standing before = At(CivilDate::FromYearMonthDay(2023, 11, 30).Start());
  const Standing after = At(CivilDate::FromYearMonthDay(2023, 12, 20).Start());
  const auto message = Between(before, after, "province");
  EXPECT_FALSE(message.complete());
  EXPECT_THAT(Departments(message), ElementsAre("a", "b", "c", "outside"));
}

TEST_F(WatchChangesTest, ADepartmentsIndicatorSaysHowFreshItIs) {
  const Standing before = At(kNow);
  const Standing after = At(kNow + Duration::Days(10));
  const auto message = Between(before, after, "a");
  ASSERT_FALSE(message.indicators().empty());
  EXPECT_EQ(message.indicators(0).indicator(), "flow");
  EXPECT_EQ(message.indicators(0).freshness(), "missing") << "nothing was heard for ten days";
}

TEST_F(WatchChangesTest, AnotherCatalogueBringsEverything) {
  const Standing before = At(kNow);
  ASSERT_TRUE(harness_.ChangeCatalogue(Catalogue()).ok());
  const auto message = Between(before, At(kNow), "province");
  EXPECT_TRUE(message.complete());
  EXPECT_EQ(message.indicators_size(), 9);
}

TEST(WatchDepartmentsTest, WhenOneIsNoMoreEverythingComesWithoutIt) {
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  data.departments[2].valid_to = CivilDate::FromYearMonthDay(2023, 11, 16);
  iocd::testing::EngineHarness harness(data);
  ASSERT_TRUE(harness.Start().ok());
  const Timestamp end = data.departments[2].valid_to->Start();
  const Standing before = standing::TakeStanding(harness.engine(), end - Duration::Seconds(1));
  const Standing after = standing::TakeStanding(harness.engine(), end);
  const auto message = Changes(&before, after, *FindWatchScope(*after.catalogue, "province"));
  ASSERT_NE(message, nullptr);
  EXPECT_TRUE(message->complete());
  EXPECT_EQ(message->departments_size(), 3);
}

}  // namespace
}  // namespace iocd::query
