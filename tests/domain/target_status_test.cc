#include "domain/target_status.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "domain/tsv.h"

namespace iocd::domain {
namespace {

CivilDate Day(const std::string& text) {
  const std::optional<CivilDate> date = ParseDate(text);
  EXPECT_TRUE(date) << text;
  return date.value_or(CivilDate{});
}

double Number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

TargetOperator OperatorNamed(const std::string& name) {
  static const std::map<std::string, TargetOperator> kNames = {{"ge", TargetOperator::kAtLeast},
                                                               {"gt", TargetOperator::kMoreThan},
                                                               {"le", TargetOperator::kAtMost},
                                                               {"lt", TargetOperator::kLessThan}};
  return kNames.at(name);
}

TargetTerms TermsOf(const TsvRow& row) {
  TargetTerms terms;
  terms.direction = *ParseDirection(row.at("direction"));
  terms.op = OperatorNamed(row.at("op"));
  terms.value = Number(row.at("target"));
  terms.tolerance = Number(row.at("epsilon"));
  if (!row.at("deadline").empty()) terms.deadline = Day(row.at("deadline"));
  if (!row.at("v0").empty()) {
    terms.baseline = Number(row.at("v0"));
    terms.baseline_date = Day(row.at("t0"));
  }
  for (absl::string_view milestone : absl::StrSplit(row.at("milestones"), ';', absl::SkipEmpty())) {
    const std::vector<std::string> parts = absl::StrSplit(milestone, '=');
    terms.milestones.emplace_back(Day(parts.at(0)), Number(parts.at(1)));
  }
  return terms;
}

std::optional<TargetActual> ActualOf(const TsvRow& row) {
  if (row.at("v").empty()) return std::nullopt;
  return TargetActual{Number(row.at("v")), Day(row.at("t")).Start()};
}

void ExpectFigure(const TsvRow& row, const char* column, std::optional<double> figure) {
  const std::string& expected = row.at(column);
  ASSERT_EQ(figure.has_value(), !expected.empty()) << row.at("case") << ": " << column;
  if (!figure) return;
  EXPECT_NEAR(*figure, Number(expected), 1e-6 * std::abs(Number(expected)) + 1e-12)
      << row.at("case") << ": " << column;
}

TEST(TargetStatusTest, EveryVectorHasItsStatusAndItsFigures) {
  const std::vector<TsvRow> rows = ReadTestData("status_vectors.tsv");
  ASSERT_EQ(rows.size(), 141u);
  for (const TsvRow& row : rows) {
    const TargetAssessment result = Assess(TermsOf(row), ActualOf(row), Day(row.at("now")).Start());
    EXPECT_EQ(TargetStatusName(result.status), row.at("status")) << row.at("case");
    ExpectFigure(row, "tau", result.elapsed);
    ExpectFigure(row, "expected", result.expected);
    ExpectFigure(row, "shortfall", result.shortfall);
    ExpectFigure(row, "progress", result.progress);
    ExpectFigure(row, "pace", result.pace);
    ExpectFigure(row, "forecast", result.forecast);
    ExpectFigure(row, "hi", result.pace_on_track);
    ExpectFigure(row, "lo", result.pace_at_risk);
  }
}

/// 80% by the end of 2025 from 46.32% on 2024-05-04.
TargetTerms Wanted() {
  TargetTerms terms;
  terms.value = 80;
  terms.deadline = CivilDate::FromYearMonthDay(2026, 1, 1);
  terms.baseline = 46.32;
  terms.baseline_date = CivilDate::FromYearMonthDay(2024, 5, 4);
  terms.tolerance = 0.05;
  return terms;
}

TargetAssessment AssessOn(const TargetTerms& terms, double value, const std::string& data_end,
                          const std::string& now) {
  return Assess(terms, TargetActual{value, Day(data_end).Start()}, Day(now).Start());
}

TEST(TargetStatusTest, NoiseInTheLastDigitsNeitherMissesNorBeatsATarget) {
  TargetTerms terms = Wanted();
  const double noisy = 80 * (1 - 1e-10);
  EXPECT_EQ(AssessOn(terms, noisy, "2026-01-01", "2026-02-01").status, TargetStatus::kAchieved);
  EXPECT_EQ(AssessOn(terms, 80 * (1 - 1e-8), "2026-01-01", "2026-02-01").status,
            TargetStatus::kMissed);
  terms.op = TargetOperator::kMoreThan;
  EXPECT_EQ(AssessOn(terms, 80 * (1 + 1e-10), "2026-01-01", "2026-02-01").status,
            TargetStatus::kMissed);
  EXPECT_EQ(AssessOn(terms, 80 * (1 + 1e-8), "2026-01-01", "2026-02-01").status,
            TargetStatus::kAchieved);
}

TEST(TargetStatusTest, TheGapIsShownAlsoWithoutBaseline) {
  TargetTerms terms = Wanted();
  terms.baseline.reset();
  const TargetAssessment result = AssessOn(terms, 72, "2025-07-01", "2025-07-10");
  EXPECT_EQ(result.status, TargetStatus::kNoBaseline);
  EXPECT_EQ(result.gap, 8.0);
  terms.direction = Direction::kLower;
  terms.op = TargetOperator::kAtMost;
  EXPECT_EQ(AssessOn(terms, 85, "2025-07-01", "2025-07-10").gap, 5.0);
}

TEST(TargetStatusTest, TheDeadlineItselfIsOutsideThePeriod) {
  const TargetTerms terms = Wanted();
  const Timestamp deadline = terms.deadline->Start();
  const Timestamp before{deadline.nanos - 1};
  const auto status = [&](Timestamp data_end, Timestamp now) {
    return Assess(terms, TargetActual{79.96, data_end}, now).status;
  };
  EXPECT_EQ(status(deadline, deadline), TargetStatus::kMissed);
  EXPECT_EQ(status(before, deadline), TargetStatus::kAwaitingFinal);
  EXPECT_EQ(status(before, before), TargetStatus::kOnTrack);
}

TEST(TargetStatusTest, AnIndicatorWithoutDirectionFollowsTheOperator) {
  TargetTerms terms = Wanted();
  terms.direction = Direction::kNone;
  EXPECT_EQ(AssessOn(terms, 81, "2025-07-01", "2025-07-10").status, TargetStatus::kAchieved);
  terms.op = TargetOperator::kAtMost;
  EXPECT_EQ(AssessOn(terms, 79, "2025-07-01", "2025-07-10").status, TargetStatus::kAchieved);
}

TEST(TargetStatusTest, SeveralMilestonesBendTheLineAtEach) {
  TargetTerms terms = Wanted();
  terms.milestones = {{CivilDate::FromYearMonthDay(2025, 1, 1), 50},
                      {CivilDate::FromYearMonthDay(2025, 7, 1), 60}};
  EXPECT_NEAR(*AssessOn(terms, 47, "2025-01-01", "2025-01-02").expected, 50, 1e-9);
  EXPECT_NEAR(*AssessOn(terms, 47, "2025-04-01", "2025-04-02").expected, 50 + 10 * 90.0 / 181,
              1e-9);
  EXPECT_NEAR(*AssessOn(terms, 47, "2025-07-01", "2025-07-02").expected, 60, 1e-9);
  EXPECT_NEAR(*AssessOn(terms, 47, "2025-10-01", "2025-10-02").expected, 60 + 20 * 92.0 / 184,
              1e-9);
}

TEST(TargetStatusTest, AMilestoneBelowTheBaselineAsksForNoPaceYet) {
  TargetTerms terms = Wanted();
  terms.milestones = {{CivilDate::FromYearMonthDay(2025, 7, 1), 46}};
  terms.tolerance = 0.5;
  // What is expected lies below the baseline, P_E < 0: no divisor for a pace.
  const TargetAssessment result = AssessOn(terms, 46, "2025-06-01", "2025-06-02");
  EXPECT_EQ(result.status, TargetStatus::kOnTrack);
  EXPECT_FALSE(result.pace);
  EXPECT_FALSE(result.forecast);
}

TEST(TargetStatusTest, ABaselineAtOrAfterTheDeadlineHasNoCourse) {
  TargetTerms terms = Wanted();
  terms.baseline_date = *terms.deadline;
  const TargetAssessment result = AssessOn(terms, 72, "2025-07-01", "2025-07-10");
  EXPECT_EQ(result.status, TargetStatus::kTooEarly);
  EXPECT_EQ(result.elapsed, 0.0);
  EXPECT_EQ(result.expected, 46.32);
}

TEST(TargetStatusTest, ATargetToMaintainIsHeldByTheLatestValue) {
  TargetTerms terms = Wanted();
  terms.trajectory = Trajectory::kMaintain;
  const auto status = [&](double value, const char* data_end, const char* now) {
    return AssessOn(terms, value, data_end, now).status;
  };
  EXPECT_EQ(status(81, "2025-07-01", "2025-07-10"), TargetStatus::kOnTrack);
  EXPECT_EQ(status(79, "2025-07-01", "2025-07-10"), TargetStatus::kLagging);
  EXPECT_EQ(status(81, "2025-12-01", "2026-01-10"), TargetStatus::kAwaitingFinal);
  EXPECT_EQ(status(79, "2025-12-01", "2026-01-10"), TargetStatus::kLagging);
  EXPECT_EQ(status(81, "2026-01-01", "2026-01-10"), TargetStatus::kAchieved);
  EXPECT_EQ(status(79, "2026-01-01", "2026-01-10"), TargetStatus::kMissed);
  EXPECT_EQ(Assess(terms, std::nullopt, Timestamp{}).status, TargetStatus::kNoData);
  terms.deadline.reset();
  EXPECT_EQ(status(81, "2025-07-01", "2025-07-10"), TargetStatus::kNoDeadline);
}

/// Place of a status in the order in which raising the value may only climb; -1 if it has none.
int Rank(TargetStatus status) {
  static const std::vector<TargetStatus> kOrder = {TargetStatus::kRegressed, TargetStatus::kLagging,
                                                   TargetStatus::kAtRisk, TargetStatus::kOnTrack,
                                                   TargetStatus::kAchieved};
  const auto place = std::find(kOrder.begin(), kOrder.end(), status);
  return place == kOrder.end() ? -1 : static_cast<int>(place - kOrder.begin());
}

/// A random target that is under way on `data_end`.
TargetTerms RandomTerms(std::mt19937_64& random) {
  const auto unit = [&random] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  static constexpr double kTolerances[] = {0, 0.0005, 0.05, 1, 30};
  TargetTerms terms;
  terms.direction = random() % 2 == 0 ? Direction::kHigher : Direction::kLower;
  const bool higher = terms.direction == Direction::kHigher;
  const bool strict = random() % 2 == 0;
  terms.op = higher ? (strict ? TargetOperator::kMoreThan : TargetOperator::kAtLeast)
                    : (strict ? TargetOperator::kLessThan : TargetOperator::kAtMost);
  terms.baseline = 100 * unit();
  terms.value = 100 * unit();
  terms.baseline_date = CivilDate{20'000};
  terms.deadline = CivilDate{20'000 + 10 + static_cast<std::int64_t>(random() % 1'000)};
  terms.tolerance = kTolerances[random() % 5];
  if (random() % 3 == 0) {
    const CivilDate half{(terms.baseline_date.days + terms.deadline->days) / 2};
    terms.milestones.emplace_back(half, 100 * unit());
  }
  return terms;
}

TEST(TargetStatusTest, RaisingTheValueNeverWorsensTheStatus) {
  std::mt19937_64 random(20240504);
  std::map<TargetStatus, int> seen;
  for (int target = 0; target < 2'000; ++target) {
    const TargetTerms terms = RandomTerms(random);
    const auto length = static_cast<std::uint64_t>(terms.deadline->days - 20'000);
    const CivilDate data_end{20'000 + static_cast<std::int64_t>(random() % length)};
    const bool higher = terms.direction == Direction::kHigher;
    int best = -1;
    for (int step = 0; step <= 300; ++step) {
      const double lead = -100 + step;
      const double value = higher ? lead : 100 - lead;
      const TargetStatus status =
          Assess(terms, TargetActual{value, data_end.Start()}, data_end.Start()).status;
      ++seen[status];
      const int rank = Rank(status);
      if (rank < 0) continue;  // too early: neither better nor worse
      ASSERT_GE(rank, best) << "target " << target << ", value " << value;
      best = rank;
    }
    EXPECT_EQ(best, Rank(TargetStatus::kAchieved));
  }
  for (const TargetStatus status :
       {TargetStatus::kRegressed, TargetStatus::kLagging, TargetStatus::kAtRisk,
        TargetStatus::kOnTrack, TargetStatus::kAchieved, TargetStatus::kTooEarly}) {
    EXPECT_GT(seen[status], 0) << TargetStatusName(status) << " was never met";
  }
}

TEST(TargetStatusTest, EveryStatusHasItsName) {
  EXPECT_EQ(TargetStatusName(TargetStatus::kNoData), "no_data");
  EXPECT_EQ(TargetStatusName(TargetStatus::kAwaitingFinal), "awaiting_final");
  EXPECT_EQ(TargetStatusName(TargetStatus::kAtRisk), "at_risk");
  EXPECT_EQ(TargetStatusName(TargetStatus::kLagging), "lagging");
}

}  // namespace
}  // namespace iocd::domain
