// Who owes a report when departments come to be, are merged and are dissolved.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/reports_fixture.h"

namespace iocd::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReportsSuccessionTest : public ReportsTest {
 protected:
  /// Health is merged into labour on that day.
  void Merge(const char* day) {
    data.departments[kHealth].valid_to = Day(day);
    data.departments[kHealth].successor = kLabour;
  }
};

TEST_F(ReportsSuccessionTest, ANewDepartmentOwesPeriodsThatBeganInItsTime) {
  data.departments[kHealth].valid_from = Day("2024-02-20");
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-02-19", 18, 0)), "nothing");
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-02-20", 18, 0)), "2024-02-20 late");
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-03-20", 9, 0)), "nothing");  // February's
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-04-01", 9, 0)), "2024-03 due");
  EXPECT_THAT(DueIn(2024, kHealth, kMonthly, At("2024-04-20", 9, 0)), ElementsAre("2024-03 late*"));
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-02-20", 9, 30)), "fresh");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-02-20", 9, 31)), "late");
}

TEST_F(ReportsSuccessionTest, ADepartmentThatBeginsWithAPeriodOwesIt) {
  data.departments[kHealth].valid_from = Day("2024-02-01");
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-03-01", 9, 0)), "2024-02 due");
}

TEST_F(ReportsSuccessionTest, WhatADissolvedDepartmentOwedLaterNobodyOwes) {
  data.departments[kHealth].valid_to = Day("2024-03-06");
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-03-05", 18, 0)), "2024-03-05 late");
  EXPECT_EQ(Present(kHealth, kDaily, At("2024-03-06", 18, 0)), "nothing");
  EXPECT_EQ(Present(kHealth, kRealtime, At("2024-03-06", 18, 0)), "nothing");
  // February's report would be due on 7 March; January's was missing when it was there.
  EXPECT_EQ(Present(kHealth, kMonthly, At("2024-03-05", 18, 0)), "2024-01 missing");
  EXPECT_THAT(DueIn(2024, kHealth, kMonthly, At("2024-12-01", 9, 0)),
              ElementsAre("2023-12 missing*", "2024-01 missing*"));
  EXPECT_THAT(ReportsOf(AsOf(At("2024-12-01", 9, 0)), kHealth).present, IsEmpty());
  EXPECT_GT(PunctualityOf(kHealth, At("2024-12-01", 9, 0)).late, 2u);
}

TEST_F(ReportsSuccessionTest, ASuccessorThatIsNewOwesWhatWasNotDueYet) {
  Merge("2024-03-06");
  data.departments[kLabour].valid_from = Day("2024-03-06");
  EXPECT_EQ(Present(kLabour, kMonthly, At("2024-03-05", 12, 0)), "nothing");
  EXPECT_EQ(Present(kLabour, kMonthly, At("2024-03-06", 0, 0)), "2024-02 due");
  EXPECT_THAT(DueIn(2024, kLabour, kMonthly, At("2024-04-03", 9, 0)),
              ElementsAre("2024-02 missing*", "2024-03 due"));
  EXPECT_THAT(DueIn(2024, kLabour, kDaily, At("2024-03-06", 18, 0)),
              ElementsAre("2024-03-06 late*"));
}

TEST_F(ReportsSuccessionTest, EitherMayDeliverWhatTheSuccessorOwes) {
  Merge("2024-03-06");
  data.departments[kLabour].valid_from = Day("2024-03-06");
  data.departments[kCulture].valid_to = Day("2024-03-06");
  data.departments[kCulture].successor = kLabour;
  Send(kHealth, kMonthly, At("2024-02-29", 9, 0), At("2024-03-04", 9, 0));
  EXPECT_EQ(Present(kLabour, kMonthly, At("2024-03-06", 9, 0)), "2024-02 due");  // culture's lacks
  Send(kLabour, kMonthly, At("2024-02-29", 9, 0), At("2024-03-07", 9, 0));
  const auto report = PresentReport(AsOf(At("2024-03-07", 9, 0)), kLabour, kMonthly);
  ASSERT_TRUE(report);
  EXPECT_EQ(TextOf(*report), "2024-02 fresh");
  EXPECT_EQ(report->received, At("2024-03-07", 9, 0));
}

TEST_F(ReportsSuccessionTest, APredecessorsReportIsEnoughForItsShare) {
  Merge("2024-03-06");
  data.departments[kLabour].valid_from = Day("2024-03-06");
  Send(kHealth, kMonthly, At("2024-02-29", 9, 0), At("2024-03-04", 9, 0));
  EXPECT_EQ(Present(kLabour, kMonthly, At("2024-03-06", 9, 0)), "2024-02 fresh");
}

TEST_F(ReportsSuccessionTest, ASuccessorThatWasThereBeforeOwesItsOwnReportToo) {
  Merge("2024-03-06");
  Send(kHealth, kMonthly, At("2024-02-29", 9, 0), At("2024-03-04", 9, 0));
  EXPECT_EQ(Present(kLabour, kMonthly, At("2024-03-06", 9, 0)), "2024-02 due");
  Send(kLabour, kMonthly, At("2024-02-29", 9, 0), At("2024-03-07", 9, 0));
  EXPECT_EQ(Present(kLabour, kMonthly, At("2024-03-07", 9, 0)), "2024-02 fresh");
  EXPECT_THAT(DueIn(2024, kLabour, kMonthly, At("2024-03-20", 9, 0)).size(), 3u);  // each once
}

TEST_F(ReportsSuccessionTest, APeriodInWhichTheMergerLiesIsOwedOnce) {
  Merge("2024-03-06");
  data.departments[kLabour].valid_from = Day("2024-03-06");
  Send(kHealth, kMonthly, At("2024-03-05", 9, 0), At("2024-03-05", 9, 0));
  EXPECT_THAT(DueIn(2024, kLabour, kMonthly, At("2024-04-20", 9, 0)),
              ElementsAre("2024-02 missing*", "2024-03 fresh"));
  EXPECT_THAT(DueIn(2024, kHealth, kMonthly, At("2024-04-20", 9, 0)),
              ElementsAre("2023-12 missing*", "2024-01 missing*"));
}

TEST_F(ReportsSuccessionTest, TheSuccessorOwesWhatOnlyItsPredecessorReported) {
  Merge("2024-03-06");
  data.indicators[kDaily].reporters = Reporters::kOwner;
  data.indicators[kDaily].owner = kHealth;
  EXPECT_EQ(Present(kLabour, kDaily, At("2024-03-05", 12, 0)), "nothing");
  EXPECT_EQ(Present(kLabour, kDaily, At("2024-03-06", 12, 0)), "2024-03-06 due");
  EXPECT_EQ(Present(kCulture, kDaily, At("2024-03-06", 12, 0)), "nothing");
}

TEST_F(ReportsSuccessionTest, ASourceThatWasHeardBeforeTheMergerGoesOn) {
  Merge("2024-03-06");
  data.departments[kLabour].valid_from = Day("2024-03-06");
  Send(kHealth, kRealtime, At("2024-03-05", 16, 30), At("2024-03-05", 16, 30));
  EXPECT_EQ(Present(kLabour, kRealtime, At("2024-03-06", 8, 0)), "fresh");
  EXPECT_EQ(Present(kLabour, kRealtime, At("2024-03-06", 9, 1)), "late");
}

TEST_F(ReportsSuccessionTest, DutiesGoOnThroughSeveralMergers) {
  Merge("2024-02-20");
  data.departments[kLabour].valid_to = Day("2024-03-06");
  data.departments[kLabour].successor = kCulture;
  data.departments[kCulture].valid_from = Day("2024-03-06");
  Send(kHealth, kMonthly, At("2024-02-10", 9, 0), At("2024-02-10", 9, 0));
  EXPECT_EQ(Present(kCulture, kMonthly, At("2024-03-06", 9, 0)), "2024-02 due");  // labour's lacks
  Send(kLabour, kMonthly, At("2024-02-28", 9, 0), At("2024-03-06", 9, 0));
  EXPECT_EQ(Present(kCulture, kMonthly, At("2024-03-06", 9, 0)), "2024-02 fresh");
  EXPECT_EQ(Present(kLabour, kMonthly, At("2024-03-06", 9, 0)), "nothing");
}

}  // namespace
}  // namespace iocd::domain
