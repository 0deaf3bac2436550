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

/// Of a way from 100 days before the asking to 100 after it, so that half of the time has gone.
/// Quantities are hundredths of a percent, as people write them: the doubles nearest to them.
TargetAssessment Halfway(int baseline, int target, int value, int tolerance, Direction direction) {
  TargetTerms terms;
  terms.direction = direction;
  terms.op = direction == Direction::kHigher ? TargetOperator::kAtLeast : TargetOperator::kAtMost;
  terms.value = target / 1e4;
  terms.baseline = baseline / 1e4;
  terms.baseline_date = CivilDate{20'000};
  terms.deadline = CivilDate{20'200};
  terms.tolerance = tolerance / 1e4;
  const Timestamp now = CivilDate{20'100}.Start();
  return Assess(terms, TargetActual{value / 1e4, now}, now);
}

TEST(TargetStatusTest, ADifferenceOfExactlyTheToleranceIsNotBeyondIt) {
  // 47.77% against a baseline of 47.82%, and 48.14% where 48.19% is expected.
  EXPECT_EQ(Halfway(4782, 4856, 4777, 5, Direction::kHigher).status, TargetStatus::kLagging);
  EXPECT_EQ(Halfway(4782, 4856, 4776, 5, Direction::kHigher).status, TargetStatus::kRegressed);
  for (int baseline = 100; baseline < 9'900; ++baseline) {
    for (const int sign : {1, -1}) {
      const auto status = [&](int target, int value) {
        return Halfway(baseline, baseline + sign * target, baseline + sign * value, 5,
                       sign > 0 ? Direction::kHigher : Direction::kLower)
            .status;
      };
      ASSERT_EQ(status(100, -5), TargetStatus::kLagging) << baseline << ", " << sign;
      ASSERT_EQ(status(100, -6), TargetStatus::kRegressed) << baseline << ", " << sign;
      ASSERT_EQ(status(40, 15), TargetStatus::kOnTrack) << baseline << ", " << sign;
      ASSERT_EQ(status(40, 14), TargetStatus::kAtRisk) << baseline << ", " << sign;
    }
  }
}

TEST(TargetStatusTest, APaceOfExactlyTheLimitReachesIt) {
  for (int baseline = 100; baseline < 9'900; ++baseline) {
    for (const int sign : {1, -1}) {
      const auto status = [&](int value) {
        return Halfway(baseline, baseline + sign * 200, baseline + sign * value, 0,
                       sign > 0 ? Direction::kHigher : Direction::kLower)
            .status;
      };
      ASSERT_EQ(status(90), TargetStatus::kOnTrack) << baseline << ", " << sign;
      ASSERT_EQ(status(89), TargetStatus::kAtRisk) << baseline << ", " << sign;
      ASSERT_EQ(status(70), TargetStatus::kAtRisk) << baseline << ", " << sign;
      ASSERT_EQ(status(69), TargetStatus::kLagging) << baseline << ", " << sign;
    }
  }
}

TEST(TargetStatusTest, ATargetToMaintainRemembersThatAnEarlierPeriodFailed) {
  TargetTerms terms = Wanted();
  terms.trajectory = Trajectory::kMaintain;
  const auto status = [&](double value, const char* data_end, const char* now) {
    return Assess(terms, TargetActual{value, Day(data_end).Start(), /*fell_short_before=*/true},
                  Day(now).Start())
        .status;
  };
  EXPECT_EQ(status(81, "2025-07-01", "2025-07-10"), TargetStatus::kAtRisk);
  EXPECT_EQ(status(79, "2025-07-01", "2025-07-10"), TargetStatus::kLagging);
  EXPECT_EQ(status(81, "2025-12-01", "2026-01-10"), TargetStatus::kAwaitingFinal);
  EXPECT_EQ(status(81, "2026-01-01", "2026-01-10"), TargetStatus::kMissed);
  terms.deadline.reset();
  EXPECT_EQ(status(81, "2025-07-01", "2025-07-10"), TargetStatus::kNoDeadline);
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

/// Draws terms, and values to hold against them, from decimals that meet each other's limits
/// exactly now and then.
class Drawn {
 public:
  explicit Drawn(std::uint64_t seed) : random_(seed) {}

  std::uint64_t Below(std::uint64_t bound) { return random_() % bound; }
  double Decimal() { return static_cast<double>(Below(201)) / 2; }  // 0, 0.5, … 100

  /// A target that is under way for `*length` days from day 20000.
  TargetTerms Terms(std::int64_t* length) {
    static constexpr double kTolerances[] = {0, 0.0005, 0.5, 1, 30};
    TargetTerms terms;
    terms.direction = Below(2) == 0 ? Direction::kHigher : Direction::kLower;
    const bool higher = terms.direction == Direction::kHigher;
    const bool strict = Below(2) == 0;
    terms.op = higher ? (strict ? TargetOperator::kMoreThan : TargetOperator::kAtLeast)
                      : (strict ? TargetOperator::kLessThan : TargetOperator::kAtMost);
    terms.baseline = Decimal();
    terms.value = Decimal();
    *length = 10 + static_cast<std::int64_t>(Below(1'000));
    terms.baseline_date = CivilDate{20'000};
    terms.deadline = CivilDate{20'000 + *length};
    terms.tolerance = kTolerances[Below(5)];
    if (Below(4) == 0) terms.trajectory = Trajectory::kMaintain;
    const auto milestones = static_cast<std::int64_t>(Below(4));
    for (std::int64_t i = 1; i <= milestones; ++i) {
      terms.milestones.emplace_back(CivilDate{20'000 + *length * i / (milestones + 1)}, Decimal());
    }
    return terms;
  }

 private:
  std::mt19937_64 random_;
};

TEST(TargetStatusTest, RaisingTheValueNeverWorsensTheStatus) {
  Drawn drawn(20240504);
  std::map<TargetStatus, int> seen;
  for (int target = 0; target < 3'000; ++target) {
    std::int64_t length = 0;
    const TargetTerms terms = drawn.Terms(&length);
    const auto gone = static_cast<std::int64_t>(drawn.Below(static_cast<std::uint64_t>(length)));
    const Timestamp data_end = CivilDate{20'000 + gone}.Start();
    const bool fell_short_before = drawn.Below(2) == 0;
    // Every half, and on both sides of it what arithmetic might have made of it.
    std::vector<double> values;
    for (int half = -200; half <= 400; ++half) {
      for (const double noise : {-1e-7, -1e-14, 0.0, 1e-14, 1e-7}) {
        values.push_back(half / 2.0 + noise);
      }
    }
    if (terms.direction == Direction::kLower) std::reverse(values.begin(), values.end());
    int best = -1;
    for (const double value : values) {
      const TargetActual actual{value, data_end, fell_short_before};
      const TargetStatus status = Assess(terms, actual, data_end).status;
      ++seen[status];
      const int rank = Rank(status);
      if (rank < 0) continue;  // too early: neither better nor worse
      ASSERT_GE(rank, best) << "target " << target << ", value " << value;
      best = rank;
    }
    const bool maintain = terms.trajectory == Trajectory::kMaintain;
    EXPECT_EQ(best, Rank(!maintain           ? TargetStatus::kAchieved
                         : fell_short_before ? TargetStatus::kAtRisk
                                             : TargetStatus::kOnTrack));
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
