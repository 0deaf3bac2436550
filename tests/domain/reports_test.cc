// What a department owes of an indicator, over days that are really off; mergers and dates of
// validity stand in reports_succession_test.cc.

#include "domain/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/reports_fixture.h"

namespace iocd::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Timestamp JustBefore(Timestamp time) { return {time.nanos - 1}; }

TEST_F(ReportsTest, TheNewestPeriodThatIsOwedMattersNow) {
  struct Row {
    std::size_t indicator;
    Timestamp now;
    const char* present;
  };
  const Row rows[] = {
      {kDaily, At("2024-02-07", 16, 59), "2024-02-07 due"},
      {kDaily, At("2024-02-07", 17, 0), "2024-02-07 late"},
      {kDaily, At("2024-02-10", 12, 0), "2024-02-07 late"},  // Tết: nothing new is owed,
      {kDaily, At("2024-02-15", 0, 0), "2024-02-15 due"},    // and no late day passes
      {kDaily, At("2024-03-09", 12, 0), "2024-03-08 late"},  // Saturday
      {kDaily, At("2024-05-04", 9, 0), "2024-05-04 due"},    // a Saturday that is worked
      {kMonthly, JustBefore(At("2024-02-01", 0, 0)), "2023-12 missing"},
      {kMonthly, At("2024-02-01", 0, 0), "2024-01 due"},
      {kMonthly, At("2024-02-07", 18, 0), "2024-01 due"},  // past due, in the days of grace
      {kMonthly, JustBefore(At("2024-02-16", 17, 0)), "2024-01 due"},
      {kMonthly, At("2024-02-16", 17, 0), "2024-01 late"},
      {kMonthly, JustBefore(At("2024-03-01", 0, 0)), "2024-01 late"},
      {kMonthly, At("2024-03-01", 0, 0), "2024-02 due"},
      {kQuarterly, At("2024-03-31", 12, 0), "2023-Q4 missing"},
      {kQuarterly, At("2024-04-12", 17, 0), "2024-Q1 due"},
      {kQuarterly, At("2024-04-17", 17, 0), "2024-Q1 late"},
      {kYearly, At("2024-01-26", 18, 0), "2023 due"},
      {kYearly, At("2024-02-02", 17, 0), "2023 late"},
      {kYearly, At("2024-12-31", 12, 0), "2023 missing"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Present(kHealth, row.indicator, row.now), row.present) << ToLocalText(row.now);
  }
}

TEST_F(ReportsTest, PeriodsAreThoseOfTheIndicatorsCalendar) {
  data.indicators[kMonthly].calendar = CalendarKind::kAdmin;
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-03-14", 23, 0)), "2024-02 missing");
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-03-15", 0, 0)), "2024-03 due");
  Send(kHealth, kMonthly, At("2024-03-14", 23, 59), At("2024-03-14", 23, 59));
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-03-15", 0, 0)), "2024-03 fresh");
  Send(kHealth, kMonthly, At("2024-03-15", 0, 0), At("2024-03-15", 0, 0));
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-04-15", 0, 0)), "2024-04 fresh");
}

TEST_F(ReportsTest, WhatArrivedAfterwardsHasNotCome) {
  const Timestamp sent = At("2024-03-05", 17, 5);
  Send(kHealth, kDaily, At("2024-03-05", 10, 0), sent);
  EXPECT_EQ(Present(kHealth, kDaily, JustBefore(sent)), "2024-03-05 late");
  EXPECT_EQ(PresentReport(AsOf(JustBefore(sent)), kHealth, kDaily)->received, std::nullopt);
  EXPECT_EQ(Present(kHealth, kDaily, sent), "2024-03-05 fresh");
  EXPECT_EQ(PresentReport(AsOf(sent), kHealth, kDaily)->received, sent);
}

TEST_F(ReportsTest, TheFirstValueThatCoversThePeriodDecides) {
  Send(kHealth, kDaily, At("2024-03-05", 15, 0), At("2024-03-05", 16, 0));
  Send(kHealth, kDaily, At("2024-03-05", 10, 0), At("2024-03-05", 18, 0));
  EXPECT_THAT(DueIn(2024, kHealth, kDaily, At("2024-03-05", 18, 0)).back(), "2024-03-05 fresh");
  Send(kLabour, kDaily, At("2024-03-04", 15, 0), At("2024-03-05", 9, 0));
  EXPECT_EQ(Present(kLabour, kDaily, At("2024-03-05", 9, 0)), "2024-03-05 due");
}

TEST_F(ReportsTest, TheYearHasEveryReportThatFellDueInIt) {
  Send(kHealth, kMonthly, At("2023-12-31", 9, 0), At("2024-01-08", 16, 59));
  Send(kHealth, kMonthly, At("2024-01-31", 9, 0), At("2024-02-16", 17, 0));  // late by an instant
  Send(kHealth, kMonthly, At("2024-03-31", 9, 0), At("2024-06-03", 9, 0));   // after it was closed
  EXPECT_THAT(DueIn(2024, kHealth, kMonthly, At("2024-06-04", 9, 0)),
              ElementsAre("2023-12 fresh", "2024-01 fresh*", "2024-02 missing*", "2024-03 fresh*",
                          "2024-04 missing*", "2024-05 due"));
  EXPECT_THAT(DueIn(2024, kHealth, kYearly, At("2024-06-04", 9, 0)), ElementsAre("2023 missing*"));
  EXPECT_THAT(DueIn(2025, kHealth, kMonthly, At("2024-06-04", 9, 0)), IsEmpty());
}

TEST_F(ReportsTest, AReportStandsInTheYearInWhichItIsDue) {
  data.indicators[kDaily].due.by = Duration::Days(1);  // midnight belongs to the day that it ends
  const Timestamp now = At("2025-02-01", 0, 0);
  EXPECT_EQ(DueIn(2024, kHealth, kDaily, now).front(), "2024-01-01 missing*");
  EXPECT_EQ(DueIn(2024, kHealth, kDaily, now).back(), "2024-12-31 missing*");
  EXPECT_EQ(DueIn(2025, kHealth, kMonthly, now).front(), "2024-12 missing*");
}

TEST_F(ReportsTest, OnlyDaysThatAreWorkedAreOwed) {
  // February 2024 has 21 Mondays to Fridays, five of them Tết.
  const Timestamp now = JustBefore(At("2024-03-01", 0, 0));
  std::vector<std::string> of_february;
  for (const std::string& text : DueIn(2024, kHealth, kDaily, now)) {
    if (text >= "2024-02" && text < "2024-03") of_february.push_back(text.substr(8, 2));
  }
  EXPECT_THAT(of_february, ElementsAre("01", "02", "05", "06", "07", "15", "16", "19", "20", "21",
                                       "22", "23", "26", "27", "28", "29"));
}

TEST_F(ReportsTest, AWaiverLetsOffWhatIsDueOnItsDays) {
  data.waivers = {{.department = kHealth,
                   .indicator = kDaily,
                   .first = Day("2024-03-05"),
                   .last = Day("2024-03-06"),
                   .reason = "Flood",
                   .author = "Chairman",
                   .date = Day("2024-03-04")}};
  const Timestamp now = At("2024-03-07", 17, 0);
  std::vector<std::string> march = DueIn(2024, kHealth, kDaily, now);
  march.erase(march.begin(), march.end() - 4);
  EXPECT_THAT(march, ElementsAre("2024-03-04 missing*", "2024-03-05 waived", "2024-03-06 waived",
                                 "2024-03-07 late*"));
  const auto report = PresentReport(AsOf(At("2024-03-06", 20, 0)), kHealth, kDaily);
  ASSERT_TRUE(report);
  ASSERT_NE(report->waiver, nullptr);
  EXPECT_EQ(report->waiver->reason, "Flood");
  EXPECT_EQ(Present(kLabour, kDaily, At("2024-03-06", 20, 0)), "2024-03-06 late");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-06", 20, 0)), "missing");
}

TEST_F(ReportsTest, AWaiverWithoutIndicatorLetsOffAll) {
  data.waivers = {{.department = kHealth,
                   .indicator = {},
                   .first = Day("2024-03-05"),
                   .last = Day("2024-03-07"),
                   .reason = "Flood",
                   .author = "Chairman",
                   .date = Day("2024-03-04")}};
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-03-06", 20, 0)), "2024-03-06 waived");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-06", 20, 0)), "waived");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-08", 0, 0)), "missing");
  // February's report is due on 7 March, and stays let off when that day has passed.
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-03-30", 0, 0)), "2024-02 waived");
}

TEST_F(ReportsTest, AnIndicatorWithMembersHasComeWithTheLastOfItsLeaves) {
  MemberSet areas;
  areas.members.resize(3);
  areas.members[0].code = "district";
  areas.members[1].code = "north";
  areas.members[1].parent = 0;
  areas.members[2].code = "south";
  areas.members[2].parent = 0;
  data.member_sets = {areas};
  data.indicators[kDaily].member_set = 0;
  Send(kHealth, kDaily, At("2024-03-05", 9, 0), At("2024-03-05", 9, 0), 1);
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-03-05", 17, 30)), "2024-03-05 late");
  Send(kHealth, kDaily, At("2024-03-05", 10, 0), At("2024-03-05", 17, 30), 2);
  Send(kHealth, kDaily, At("2024-03-05", 10, 0), At("2024-03-05", 18, 0), 2);
  const auto report = PresentReport(AsOf(At("2024-03-05", 19, 0)), kHealth, kDaily);
  ASSERT_TRUE(report);
  EXPECT_EQ(TextOf(*report), "2024-03-05 fresh");
  EXPECT_EQ(report->received, At("2024-03-05", 17, 30));
  EXPECT_TRUE(report->counts_as_late);
}

TEST_F(ReportsTest, NobodyOwesWhatIsMadeFromAnotherIndicatorOrReportedByOthers) {
  data.indicators[kMonthly].fed_by = kDaily;
  data.indicators[kQuarterly].reporters = Reporters::kOwner;
  data.indicators[kQuarterly].owner = kLabour;
  const Timestamp now = At("2024-03-05", 18, 0);
  EXPECT_EQ(Present(kHealth, kMonthly, now), "nothing");
  EXPECT_THAT(DueIn(2024, kHealth, kMonthly, now), IsEmpty());
  EXPECT_EQ(Present(kHealth, kQuarterly, now), "nothing");
  EXPECT_EQ(Present(kLabour, kQuarterly, now), "2023-Q4 missing");
  EXPECT_THAT(ReportsOf(AsOf(now), kHealth).present, SizeIs(3));
}

TEST_F(ReportsTest, NothingIsOwedThatWasDueBeforeTheFirstDayOfReports) {
  data.reports_from = Day("2024-03-05");
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-03-04", 18, 0)), "nothing");
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-03-05", 18, 0)), "2024-03-05 late");
  EXPECT_THAT(DueIn(2024, kHealth, kDaily, At("2024-03-06", 9, 0)),
              ElementsAre("2024-03-05 late*", "2024-03-06 due"));
  // February is due on 7 March, January was on 7 February; the year 2023 was on 29 January.
  EXPECT_THAT(DueIn(2024, kHealth, kMonthly, At("2024-03-31", 9, 0)),
              ElementsAre("2024-02 missing*"));
  EXPECT_EQ(Present(kHealth, kYearly, At("2024-12-31", 9, 0)), "nothing");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-04", 16, 0)), "nothing");
}

TEST_F(ReportsTest, ARealtimeSourceThatWasNeverHeardIsHeldFromTheFirstDayOfReports) {
  data.reports_from = Day("2024-03-05");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-05", 9, 30)), "fresh");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-05", 9, 31)), "late");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-05", 17, 0)), "missing");
}

TEST_F(ReportsTest, WithoutSuchADayARealtimeSourceThatWasNeverHeardIsMissing) {
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-05", 8, 0)), "missing");
}

TEST_F(ReportsTest, ARealtimeSourceIsHeldFromTheArrivalOfItsNewestEvent) {
  Send(kHealth, kRealtime, At("2024-03-05", 8, 0), At("2024-03-05", 11, 0));
  const auto report = PresentReport(AsOf(At("2024-03-05", 15, 0)), kHealth, kRealtime);
  ASSERT_TRUE(report);
  EXPECT_EQ(TextOf(*report), "fresh");
  EXPECT_EQ(report->received, At("2024-03-05", 11, 0));
  EXPECT_FALSE(report->period);
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-05", 15, 1)), "late");
  EXPECT_THAT(DueIn(2024, kHealth, kRealtime, At("2024-03-05", 15, 1)), IsEmpty());
}

TEST_F(ReportsTest, AnEventThatArrivesWhileTheQuestionIsAnsweredHasBeenHeard) {
  Send(kHealth, kRealtime, At("2024-03-05", 8, 0), At("2024-03-05", 8, 0));
  EXPECT_EQ(Present(kHealth, kRealtime, JustBefore(At("2024-03-05", 8, 0))), "fresh");
}

TEST_F(ReportsTest, CompletenessIsWhatHasComeOfWhatIsDueByNow) {
  data.reports_from = Day("2024-02-01");
  Send(kHealth, kRealtime, At("2024-03-05", 16, 0), At("2024-03-05", 16, 0));
  Send(kHealth, kMonthly, At("2024-02-15", 9, 0), At("2024-02-15", 9, 0));
  // At 16:59 the realtime source alone is due; at 17:00 today's report is too, from 7 March on
  // February's.
  Punctuality count = PunctualityOf(kHealth, At("2024-03-05", 16, 59));
  EXPECT_EQ(count.due, 1u);
  EXPECT_EQ(count.received, 1u);
  EXPECT_EQ(count.Completeness(), 1);
  count = PunctualityOf(kHealth, At("2024-03-05", 17, 0));
  EXPECT_EQ(count.due, 2u);
  EXPECT_EQ(count.received, 1u);
  EXPECT_EQ(count.Completeness(), 0.5);
  count = PunctualityOf(kHealth, At("2024-03-07", 17, 0));
  EXPECT_EQ(count.due, 3u);
  EXPECT_EQ(count.received, 1u);  // February's; the source has been silent for too long
}

TEST_F(ReportsTest, TheCountsOfTheYearAddUpWhatWasDue) {
  data.reports_from = Day("2024-03-04");
  data.waivers = {{.department = kHealth,
                   .indicator = kDaily,
                   .first = Day("2024-03-06"),
                   .last = Day("2024-03-06"),
                   .reason = "Flood",
                   .author = "Chairman",
                   .date = Day("2024-03-04")}};
  Send(kHealth, kDaily, At("2024-03-04", 9, 0), At("2024-03-04", 9, 0));     // in time
  Send(kHealth, kDaily, At("2024-03-05", 9, 0), At("2024-03-06", 9, 0));     // late
  Send(kHealth, kMonthly, At("2024-02-05", 9, 0), At("2024-03-11", 16, 0));  // in the days of grace
  const Punctuality count = PunctualityOf(kHealth, At("2024-03-11", 16, 30));
  EXPECT_EQ(count.due_this_year, 5u);  // of 4, 5, 7, 8 March; February
  EXPECT_EQ(count.on_time, 2u);
  EXPECT_EQ(count.late, 3u);
  EXPECT_EQ(count.OnTimeRatio(), 0.4);
}

TEST_F(ReportsTest, WhatIsPastDueInTheDaysOfGraceIsNeitherInTimeNorLate) {
  data.reports_from = Day("2024-03-07");
  data.indicators.erase(data.indicators.begin());  // only the monthly one is due
  const Punctuality count = PunctualityOf(kHealth, At("2024-03-08", 9, 0));
  EXPECT_EQ(count.due_this_year, 1u);
  EXPECT_EQ(count.on_time, 0u);
  EXPECT_EQ(count.late, 0u);
}

TEST_F(ReportsTest, WhereNothingIsDueAllIsComplete) {
  data.reports_from = Day("2024-03-05");
  const Punctuality count = PunctualityOf(kHealth, At("2024-03-04", 9, 0));
  EXPECT_EQ(count.Completeness(), 1);
  EXPECT_EQ(count.OnTimeRatio(), std::nullopt);
}

}  // namespace
}  // namespace iocd::domain
