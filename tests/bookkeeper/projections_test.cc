#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "bookkeeper/observations.h"
#include "bookkeeper/period_projection.h"
#include "bookkeeper/report_projection.h"
#include "bookkeeper/waivers_of.h"
#include "bookkeeper/years.h"
#include "domain/reports_fixture.h"

namespace iocd::bookkeeper {
namespace {

using domain::At;
using domain::Day;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class ProjectionsTest : public domain::ReportsTest {
 protected:
  /// "culture 2024-01 3 of 2 events, 1/3 closed"
  std::vector<std::string> Periods(std::size_t indicator, Timestamp now) {
    const domain::Indicator& of = catalogue().data().indicators[indicator];
    std::vector<ledger::PeriodObservation> all;
    for (const KeptYear& year :
         KeptYears(of.calendar, of.due, catalogue().data().working_days, now)) {
      ObservePeriods(AsOf(now), indicator, year, &all);
    }
    std::vector<std::string> texts;
    for (const ledger::PeriodObservation& one : all) {
      std::ostringstream text;
      text << one.key.scope << ' ' << one.key.period << ' ' << one.figures.value.value_or(-1)
           << " of " << one.figures.events << ", " << one.figures.members_have << '/'
           << one.figures.members_owe << (one.closed ? " closed" : "");
      texts.push_back(text.str());
    }
    return texts;
  }

  ReportProjection Reports(std::size_t department, std::size_t indicator, Timestamp now) {
    ReportProjection projection;
    ProjectReports(AsOf(now), department, indicator, &projection);
    return projection;
  }

  void Name() {
    data.departments[kHealth].code = "health";
    data.departments[kLabour].code = "labour";
    data.departments[kCulture].code = "culture";
  }
};

TEST_F(ProjectionsTest, ObservesTheProvinceAndEachDepartmentOfWhichAnythingHasCome) {
  Name();
  Send(kHealth, kMonthly, At("2024-01-10", 9, 0), At("2024-01-10", 9, 0));
  Send(kLabour, kMonthly, At("2024-01-31", 23, 59), At("2024-02-01", 9, 0));
  Send(kLabour, kMonthly, At("2024-02-01", 0, 0), At("2024-02-01", 9, 0));
  EXPECT_THAT(Periods(kMonthly, At("2024-02-01", 9, 0)),
              ElementsAre("province 2024-01 2 of 2, 2/3", "health 2024-01 1 of 1, 1/1",
                          "labour 2024-01 1 of 1, 1/1"));
}

TEST_F(ProjectionsTest, AnIndicatorThatIsFedHasTheProvinceAlone) {
  Name();
  const std::size_t fed = data.indicators.size();
  data.indicators.push_back(data.indicators[kMonthly]);
  data.indicators[fed].fed_by = kMonthly;
  Send(kHealth, kMonthly, At("2024-01-10", 9, 0), At("2024-01-10", 9, 0));
  EXPECT_THAT(Periods(fed, At("2024-03-04", 9, 0)),
              ElementsAre("province 2024-01 1 of 1, 1/3 closed"));
}

TEST_F(ProjectionsTest, ALateEventIsInThePeriodInWhichItHappened) {
  Name();
  Send(kHealth, kMonthly, At("2024-01-10", 9, 0), At("2024-01-10", 9, 0));
  Send(kHealth, kMonthly, At("2024-01-11", 9, 0), At("2024-05-20", 9, 0));
  EXPECT_THAT(Periods(kMonthly, At("2024-05-20", 9, 0)),
              Contains("health 2024-01 2 of 2, 1/1 closed"));
  EXPECT_THAT(Periods(kMonthly, At("2024-05-20", 9, 0)),
              Contains("health 2024-Q1 2 of 2, 1/1 closed"));
}

TEST_F(ProjectionsTest, ARatioKeepsItsParts) {
  data.indicators[kMonthly].kind = domain::Kind::kRatio;
  Send(kHealth, kMonthly, At("2024-01-10", 9, 0), At("2024-01-10", 9, 0));
  std::vector<ledger::PeriodObservation> all;
  const KeptYear january = {{domain::Named("2024-01"), false}};
  ObservePeriods(AsOf(At("2024-02-01", 9, 0)), kMonthly, january, &all);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[1].figures.numerator, 1);
  EXPECT_EQ(all[1].figures.denominator, 0);
  EXPECT_EQ(all[1].figures.value, std::nullopt) << "what is divided by 0 has no value";
}

TEST_F(ProjectionsTest, ReportsAreThoseDueThisYearAndTheLastAndCountAsTheDaemonCounts) {
  Name();
  const Timestamp now = At("2024-04-30", 12, 0);
  Send(kHealth, kMonthly, At("2024-01-10", 9, 0), At("2024-03-20", 9, 0));
  Send(kHealth, kMonthly, At("2024-03-31", 9, 0), At("2024-04-01", 9, 0));
  std::size_t late_monthly = 0, late = 0;
  for (const std::size_t indicator : {kDaily, kMonthly, kQuarterly, kYearly, kRealtime}) {
    for (const ledger::Report& report : Reports(kHealth, indicator, now).reports) {
      if (report.year != 2024 || !report.counts_as_late) continue;
      ++late;
      if (indicator == kMonthly) ++late_monthly;
    }
  }
  EXPECT_EQ(late_monthly, 3u) << "December, January and February";
  EXPECT_EQ(late, PunctualityOf(kHealth, now).late);
}

TEST_F(ProjectionsTest, SaysWhichYearsItHasWhole) {
  Name();
  const ReportProjection projection = Reports(kLabour, kQuarterly, At("2024-04-30", 12, 0));
  ASSERT_THAT(projection.whole_years, SizeIs(2));
  EXPECT_EQ(projection.whole_years[0].year, 2024);
  EXPECT_EQ(projection.whole_years[1].year, 2023);
  EXPECT_EQ(projection.whole_years[1].department, "labour");
  EXPECT_EQ(projection.whole_years[1].indicator, "quarterly");
}

TEST_F(ProjectionsTest, SaysWhenTimeAloneChangesAReport) {
  // February's report is due on 7 March and late from the 11th.
  const auto next = [this](Timestamp now) { return Reports(kHealth, kMonthly, now).next_change; };
  EXPECT_EQ(next(At("2024-03-01", 9, 0)), At("2024-03-07", 17, 0));
  EXPECT_EQ(next(At("2024-03-07", 17, 0)), At("2024-03-11", 17, 0));
  EXPECT_EQ(next(At("2024-03-11", 17, 0)), std::nullopt);
}

TEST_F(ProjectionsTest, YearsTurnAtMidnightOfTheProvince) {
  EXPECT_THAT(KeptReportYears({At("2024-01-01", 0, 0).nanos - 1}), ElementsAre(2023, 2022));
  EXPECT_THAT(KeptReportYears(At("2024-01-01", 0, 0)), ElementsAre(2024, 2023));
}

TEST_F(ProjectionsTest, WaiversHaveCodesInsteadOfIndices) {
  Name();
  data.waivers = {{.department = kCulture,
                   .indicator = kMonthly,
                   .first = Day("2024-03-01"),
                   .last = Day("2024-03-31"),
                   .reason = "lũ quét",
                   .author = "Nguyễn Văn A",
                   .date = Day("2024-02-28")},
                  {.department = kHealth,
                   .indicator = std::nullopt,
                   .first = Day("2024-03-01"),
                   .last = Day("2024-03-31"),
                   .reason = "di dời",
                   .author = "Trần B",
                   .date = Day("2024-02-27")}};
  const std::vector<ledger::Waiver> waivers = WaiversOf(data);
  ASSERT_THAT(waivers, SizeIs(2));
  EXPECT_EQ(waivers[0], (ledger::Waiver{"culture", "monthly", Day("2024-03-01"), Day("2024-03-31"),
                                        "lũ quét", "Nguyễn Văn A", Day("2024-02-28")}));
  EXPECT_EQ(waivers[1].indicator, std::nullopt);
}

TEST_F(ProjectionsTest, ObservesStatusWithActualFreshnessAndCompleteness) {
  Name();
  domain::Target target;
  target.indicator = kMonthly;
  target.deadline_text = "2025";
  target.terms.value = 10;
  target.terms.deadline = Day("2026-01-01");
  data.targets.push_back(target);
  Send(kHealth, kMonthly, At("2024-03-01", 9, 0), At("2024-03-01", 9, 0));
  const Timestamp now = At("2024-03-04", 9, 0);
  standing::Standing standing;
  standing.catalogue = std::make_shared<const domain::Catalogue>(catalogue());
  standing.now = now;
  const domain::Reading reading = {*standing.catalogue, AsOf(now).source, now};
  standing.targets.push_back(
      domain::AssessTarget(reading, standing.catalogue->data().targets.front()));
  for (std::size_t department = 0; department < 3; ++department) {
    standing.departments.push_back(domain::ReportsOf(reading, department));
  }

  const std::vector<Observation> seen = Observe(standing);
  EXPECT_EQ(seen.front().key, (ledger::HistoryKey{kTargetStatus, "province", "monthly", "2025"}));
  EXPECT_EQ(seen.front().text, "no_baseline");
  EXPECT_EQ(seen.front().value, 1);
  EXPECT_TRUE(seen.front().flows);
  std::vector<std::string> fresh;
  for (const Observation& one : seen) {
    if (one.key.kind == kFreshness && one.key.scope == "health") {
      fresh.push_back(one.key.indicator + " " + *one.text);
    }
  }
  EXPECT_THAT(fresh, Contains("monthly due"));
  EXPECT_EQ(seen.back().key, (ledger::HistoryKey{kCompleteness, "culture", "", ""}));
  EXPECT_EQ(seen.back().value, standing.departments[2].punctuality.Completeness());
}

}  // namespace
}  // namespace iocd::bookkeeper
