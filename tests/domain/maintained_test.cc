// Targets that must hold in every period, over series with figures in earlier periods.
#include "domain/maintained.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "domain/scorecard.h"

namespace iocd::domain {
namespace {

enum : std::size_t { kHealth, kLabour };  // departments
enum : std::size_t {
  kGrowth,  // reported, yearly, of the owner kLabour
  kOnTime,  // ratio, realtime, of all
  kOfAll,   // ratio, quarterly, fed by kOnTime
  kVacant,  // stock, daily, administration's calendar, lower is better, of all
};

CatalogueData Data() {
  CatalogueData data;
  data.departments.resize(2);
  data.departments[kHealth].id = DepartmentId{1};
  data.departments[kLabour].id = DepartmentId{2};
  const auto add = [&data](Kind kind, Cadence cadence, Reporters reporters) -> Indicator& {
    Indicator& indicator = data.indicators.emplace_back();
    indicator.kind = kind;
    indicator.cadence = cadence;
    indicator.direction = Direction::kHigher;
    indicator.reporters = reporters;
    if (reporters == Reporters::kOwner) indicator.owner = kLabour;
    indicator.id = IndicatorId{static_cast<std::uint32_t>(data.indicators.size())};
    return indicator;
  };
  add(Kind::kReported, Cadence::kYearly, Reporters::kOwner);
  add(Kind::kRatio, Cadence::kRealtime, Reporters::kAll);
  add(Kind::kRatio, Cadence::kQuarterly, Reporters::kOwner).fed_by = kOnTime;
  Indicator& vacant = add(Kind::kStock, Cadence::kDaily, Reporters::kAll);
  vacant.calendar = CalendarKind::kAdmin;
  vacant.direction = Direction::kLower;
  return data;
}

CivilDate Day(absl::string_view text) { return ParseDate(text).value_or(CivilDate{}); }

class MaintainedTest : public ::testing::Test, public SeriesSource {
 protected:
  const Series* Find(const SeriesKey& key) const override {
    const auto found = series_.find({key.department, key.indicator});
    return found == series_.end() ? nullptr : &found->second;
  }

  /// At nine in the morning of that day; without hours at the midnight with which it begins.
  void Send(std::size_t department, std::size_t indicator, absl::string_view day, double first,
            double second = 0, int hours = 9) {
    const Indicator& of = catalogue_.data().indicators[indicator];
    Event event;
    event.time = Day(day).Start() + Duration::Seconds(hours * 3'600);
    event.first = first;
    event.second = second;
    event.has_second = second != 0;
    const std::pair key(catalogue_.data().departments[department].id, of.id);
    series_.try_emplace(key, of.kind).first->second.Apply(event, event.time);
  }

  static Target Wanted(std::size_t indicator, double value, absl::string_view document_date) {
    Target target;
    target.indicator = indicator;
    target.terms.value = value;
    target.terms.trajectory = Trajectory::kMaintain;
    target.terms.deadline = Day("2031-01-01");
    target.document_date = Day(document_date);
    return target;
  }

  TargetStatus StatusOf(const Target& target, absl::string_view now) const {
    return AssessTarget(Reading{catalogue_, *this, Day(now).Start()}, target).assessment.status;
  }

  const Catalogue catalogue_{Data()};
  std::map<std::pair<DepartmentId, IndicatorId>, Series> series_;
};

TEST_F(MaintainedTest, AnEarlierFailureIsRemembered) {
  const Target target = Wanted(kGrowth, 7, "2020-10-05");
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kNoData);
  Send(kLabour, kGrowth, "2021-12-31", 7.1);
  EXPECT_EQ(StatusOf(target, "2022-06-01"), TargetStatus::kOnTrack);
  Send(kLabour, kGrowth, "2022-12-31", 6.9);
  EXPECT_EQ(StatusOf(target, "2023-06-01"), TargetStatus::kLagging);
  Send(kLabour, kGrowth, "2023-12-31", 7.4);
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kAtRisk);
  EXPECT_EQ(StatusOf(target, "2031-01-01"), TargetStatus::kAwaitingFinal);
  Send(kLabour, kGrowth, "2031-01-01", 7.5, 0, /*hours=*/0);
  EXPECT_EQ(StatusOf(target, "2031-02-01"), TargetStatus::kMissed);
}

TEST_F(MaintainedTest, APeriodWithoutValueNeitherHeldNorFailed) {
  const Target target = Wanted(kGrowth, 7, "2020-10-05");
  Send(kLabour, kGrowth, "2021-12-31", 7.1);
  Send(kLabour, kGrowth, "2025-12-31", 7.2);
  EXPECT_EQ(StatusOf(target, "2026-06-01"), TargetStatus::kOnTrack);
  Send(kLabour, kGrowth, "2031-01-01", 7, 0, /*hours=*/0);
  EXPECT_EQ(StatusOf(target, "2031-02-01"), TargetStatus::kAchieved);
}

TEST_F(MaintainedTest, WhatWasBeforeTheDocumentOrTheBaselineCountsNothing) {
  Send(kLabour, kGrowth, "2019-12-31", 1);
  Send(kLabour, kGrowth, "2020-12-31", 2);
  Send(kLabour, kGrowth, "2022-12-31", 3);
  Send(kLabour, kGrowth, "2023-12-31", 8);
  EXPECT_EQ(StatusOf(Wanted(kGrowth, 7, "2022-12-31"), "2024-06-01"), TargetStatus::kAtRisk);
  EXPECT_EQ(StatusOf(Wanted(kGrowth, 7, "2023-01-01"), "2024-06-01"), TargetStatus::kOnTrack);
  Target target = Wanted(kGrowth, 7, "2020-10-05");
  target.terms.baseline = 3;
  target.terms.baseline_date = Day("2022-12-31");
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kAtRisk);
  target.terms.baseline_date = Day("2023-01-01");
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kOnTrack);
}

TEST_F(MaintainedTest, WhatComesAfterTheDeadlineFailsNothing) {
  const Target target = Wanted(kGrowth, 7, "2020-10-05");
  Send(kLabour, kGrowth, "2031-01-01", 8, 0, /*hours=*/0);
  Send(kLabour, kGrowth, "2032-01-01", 6, 0, /*hours=*/0);
  Send(kLabour, kGrowth, "2033-01-01", 8, 0, /*hours=*/0);
  EXPECT_EQ(StatusOf(target, "2033-02-01"), TargetStatus::kAchieved);
}

TEST_F(MaintainedTest, TheFigureOfTheBaselineItselfIsNoFailure) {
  Send(kLabour, kGrowth, "2023-01-01", 3, 0, /*hours=*/0);  // of the year 2022
  Send(kLabour, kGrowth, "2024-01-01", 8, 0, /*hours=*/0);
  Target target = Wanted(kGrowth, 7, "2020-10-05");
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kAtRisk);
  target.terms.baseline = 3;
  target.terms.baseline_date = Day("2023-01-01");
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kOnTrack);
}

TEST_F(MaintainedTest, RealtimeIndicatorsAreHeldMonthByMonth) {
  const Target target = Wanted(kOnTime, 0.9, "2024-01-01");
  Send(kHealth, kOnTime, "2024-02-10", 80, 100);
  Send(kLabour, kOnTime, "2024-02-20", 100, 100);  // both together: 90%
  Send(kHealth, kOnTime, "2024-05-20", 95, 100);
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kOnTrack);
  Send(kHealth, kOnTime, "2024-02-29", 0, 1);
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kAtRisk);
  Target of_labour = target;
  of_labour.department = kLabour;
  Send(kLabour, kOnTime, "2024-05-20", 95, 100);
  EXPECT_EQ(StatusOf(of_labour, "2024-06-01"), TargetStatus::kOnTrack);
}

TEST_F(MaintainedTest, AMonthThatGoesOnIsNotYetJudged) {
  const Target target = Wanted(kOnTime, 0.9, "2024-01-01");
  Send(kHealth, kOnTime, "2024-05-02", 0, 100);
  Send(kHealth, kOnTime, "2024-05-20", 1'900, 1'900);
  EXPECT_EQ(StatusOf(target, "2024-05-31"), TargetStatus::kOnTrack);  // 95% of the month so far
  Send(kHealth, kOnTime, "2024-04-02", 0, 1);                         // older than the window
  EXPECT_EQ(StatusOf(target, "2024-05-31"), TargetStatus::kAtRisk);
}

TEST_F(MaintainedTest, AnIndicatorThatIsFedHasPeriodsOfItsOwnCadence) {
  const Target target = Wanted(kOfAll, 0.9, "2024-01-01");
  Send(kHealth, kOnTime, "2024-02-10", 80, 100);
  Send(kHealth, kOnTime, "2024-03-10", 100, 100);  // the quarter: 90%
  Send(kHealth, kOnTime, "2024-05-20", 95, 100);
  EXPECT_EQ(StatusOf(target, "2024-06-01"), TargetStatus::kOnTrack);
  EXPECT_EQ(StatusOf(Wanted(kOnTime, 0.9, "2024-01-01"), "2024-06-01"), TargetStatus::kAtRisk);
}

TEST_F(MaintainedTest, MonthsAreThoseOfTheIndicatorsCalendar) {
  Target target = Wanted(kVacant, 10, "2024-01-01");
  target.terms.direction = Direction::kLower;
  target.terms.op = TargetOperator::kAtMost;
  Send(kHealth, kVacant, "2024-03-14", 11);
  Send(kHealth, kVacant, "2024-03-15", 9);
  EXPECT_EQ(StatusOf(target, "2024-04-01"), TargetStatus::kAtRisk);  // March ended on the 14th
  Target later = target;
  later.document_date = Day("2024-03-15");
  EXPECT_EQ(StatusOf(later, "2024-04-01"), TargetStatus::kOnTrack);
  // 13 March is of the same month as the 14th, whose latest value stands for it.
  Send(kLabour, kVacant, "2024-03-16", 0);
  EXPECT_EQ(StatusOf(target, "2024-04-01"), TargetStatus::kAtRisk);
}

TEST_F(MaintainedTest, ALinearTargetLooksAtNoEarlierPeriod) {
  Target target = Wanted(kGrowth, 7, "2020-10-05");
  target.terms.trajectory = Trajectory::kLinear;
  Send(kLabour, kGrowth, "2021-12-31", 1);
  Send(kLabour, kGrowth, "2022-12-31", 7);
  const TargetRow row = AssessTarget(Reading{catalogue_, *this, Day("2023-06-01").Start()}, target);
  EXPECT_EQ(row.assessment.status, TargetStatus::kAchieved);
  ASSERT_TRUE(row.actual);
  EXPECT_FALSE(row.actual->fell_short_before);
}

}  // namespace
}  // namespace iocd::domain
