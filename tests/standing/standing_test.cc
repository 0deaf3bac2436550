#include "standing/standing.h"

#include <gtest/gtest.h>

#include "domain/rollup.h"
#include "exposition/populated_engine.h"

namespace iocd::standing {
namespace {

using iocd::testing::kNow;

class StandingTest : public ::testing::Test {
 protected:
  engine::Engine& engine() { return populated_.harness().engine(); }

  /// nullptr: there is none.
  static const IndicatorValue* Find(const Standing& standing, const std::string& indicator,
                                    std::optional<std::size_t> department) {
    for (const IndicatorValue& value : standing.indicators) {
      const bool same = standing.catalogue->data().indicators[value.indicator].code == indicator &&
                        value.department == department;
      if (same) return &value;
    }
    return nullptr;
  }

  iocd::testing::PopulatedEngine populated_;
};

TEST_F(StandingTest, HoldsEveryTargetInForceWithItsStatus) {
  const Standing standing = TakeStanding(engine(), kNow);
  EXPECT_EQ(standing.now, kNow);
  EXPECT_EQ(standing.catalogue, engine().catalogue());
  ASSERT_EQ(standing.targets.size(), 2u);
  const domain::TargetRow& coverage = standing.targets[0];
  EXPECT_EQ(coverage.target, &standing.catalogue->data().targets[0]);
  ASSERT_TRUE(coverage.actual.has_value());
  EXPECT_DOUBLE_EQ(coverage.actual->value, 0.45);
  EXPECT_EQ(standing.targets[1].assessment.status, domain::TargetStatus::kNoDeadline);
}

TEST_F(StandingTest, HoldsTheValueOfEachIndicatorForTheProvinceAndEachReporter) {
  const Standing standing = TakeStanding(engine(), kNow);
  ASSERT_EQ(standing.indicators.size(), 9u * (1 + 4));
  const IndicatorValue* flow = Find(standing, "flow", std::nullopt);
  ASSERT_NE(flow, nullptr);
  EXPECT_EQ(flow->value, 12);
  EXPECT_EQ(flow->time, std::nullopt) << "a window has no time";
  EXPECT_EQ(flow->members_ratio, 0.5);
  EXPECT_EQ(Find(standing, "flow", 1)->value, 5);
  EXPECT_EQ(Find(standing, "flow", 2)->value, std::nullopt);
}

TEST_F(StandingTest, ALatestValueHasItsTime) {
  const Standing standing = TakeStanding(engine(), kNow);
  EXPECT_EQ(Find(standing, "coverage", 1)->value, 0.3);
  EXPECT_EQ(Find(standing, "coverage", 1)->time, kNow);
  EXPECT_EQ(Find(standing, "coverage", 2)->time, std::nullopt);
}

TEST_F(StandingTest, TheProvincesValueIsTheOneThatAQuestionWouldGive) {
  const Standing standing = TakeStanding(engine(), kNow);
  const domain::Catalogue& catalogue = *standing.catalogue;
  engine().Read([&](const engine::State& state) {
    for (const IndicatorValue& value : standing.indicators) {
      const domain::Reading reading{catalogue, state, kNow};
      const domain::Combined asked =
          value.department ? domain::DepartmentValue(reading, *value.department, value.indicator)
                           : domain::ProvinceValue(reading, value.indicator);
      EXPECT_EQ(value.value, asked.value) << catalogue.data().indicators[value.indicator].code;
      EXPECT_EQ(value.members_ratio, asked.MembersRatio());
    }
  });
}

TEST_F(StandingTest, HoldsWhatEachDepartmentOwes) {
  const Standing standing = TakeStanding(engine(), kNow);
  ASSERT_EQ(standing.departments.size(), 4u);
  engine().Read([&](const engine::State& state) {
    const auto asked =
        domain::ReportsOf(domain::Reading{*standing.catalogue, state, kNow}, /*department=*/0);
    ASSERT_EQ(standing.departments[0].present.size(), asked.present.size());
    EXPECT_EQ(standing.departments[0].punctuality.due, asked.punctuality.due);
  });
  EXPECT_FALSE(standing.departments[0].present.empty());
}

}  // namespace
}  // namespace iocd::standing
