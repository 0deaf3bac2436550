// The catalogue of Son La holds what its sources say, and none of the traps in them was walked
// into.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/algorithm/container.h"
#include "config/shipped_files.h"
#include "domain/admission.h"
#include "domain/quantity.h"

namespace iocd::config {
namespace {

using domain::Catalogue;
using domain::Indicator;
using domain::Kind;
using domain::Target;
using domain::TargetOperator;
using domain::Trajectory;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class SonLaCatalogue : public ::testing::Test {
 protected:
  const Indicator& IndicatorOf(const char* code) {
    const Indicator* indicator = catalogue_.FindIndicator(code);
    EXPECT_NE(indicator, nullptr) << code;
    static const Indicator kNone;
    return indicator == nullptr ? kNone : *indicator;
  }

  /// The only target of the province for the indicator and deadline.
  const Target& TargetOf(const char* code, const char* deadline) {
    static const Target kNone;
    const Target* only = &kNone;
    int count = 0;
    for (const Target& target : catalogue_.data().targets) {
      const Indicator& indicator = catalogue_.data().indicators[target.indicator];
      if (indicator.code == code && target.deadline_text == deadline) {
        only = &target;
        ++count;
      }
    }
    EXPECT_EQ(count, 1) << code << " " << deadline;
    return *only;
  }

  int TargetsOf(const char* code) {
    return static_cast<int>(absl::c_count_if(catalogue_.data().targets, [&](const Target& target) {
      return catalogue_.data().indicators[target.indicator].code == code;
    }));
  }

  const Catalogue catalogue_ = Shipped("config/iocd.yaml");
};

TEST_F(SonLaCatalogue, HasTheUnitsIndicatorsAndTargetsOf2024) {
  EXPECT_THAT(catalogue_.data().departments, SizeIs(38));
  EXPECT_THAT(catalogue_.data().indicators, SizeIs(42));
  EXPECT_THAT(catalogue_.data().targets, SizeIs(21));
  ASSERT_THAT(catalogue_.data().member_sets, SizeIs(2));
  EXPECT_THAT(catalogue_.data().member_sets[0].members, SizeIs(12));
}

TEST_F(SonLaCatalogue, LetsEveryIndicatorBeReportedBySomeone) {
  for (std::size_t i = 0; i < catalogue_.data().indicators.size(); ++i) {
    EXPECT_FALSE(catalogue_.ReportersOf(i).empty()) << catalogue_.data().indicators[i].code;
  }
  EXPECT_THAT(catalogue_.ReportersOf(0), SizeIs(24));  // so, ban_nganh, trung_uong
}

TEST_F(SonLaCatalogue, KeepsFibreSubscriptionsAndFibreCoverageApart) {
  EXPECT_EQ(TargetsOf("household_fiber_pct"), 0);
  EXPECT_EQ(TargetsOf("household_fiber_coverage_pct"), 2);
  EXPECT_EQ(TargetOf("household_fiber_coverage_pct", "2025").terms.baseline, std::nullopt);
  EXPECT_EQ(TargetOf("household_fiber_coverage_pct", "2030").terms.baseline, std::nullopt);
  for (const auto& figure : ShippedFigures()) {
    EXPECT_NE(figure.at("indicator"), "household_fiber_coverage_pct");
  }
}

TEST_F(SonLaCatalogue, KeepsAdultsAndPopulationWithAPaymentAccountApart) {
  EXPECT_EQ(TargetOf("adult_epayment_account_pct", "2025").terms.value, 0.80);
  EXPECT_EQ(TargetOf("population_epayment_account_pct", "2030").terms.value, 0.50);
  EXPECT_EQ(TargetOf("population_epayment_account_pct", "2030").terms.op,
            TargetOperator::kMoreThan);
  EXPECT_NE(IndicatorOf("adult_epayment_account_pct").denominator_vi,
            IndicatorOf("population_epayment_account_pct").denominator_vi);
}

TEST_F(SonLaCatalogue, ImportsNoMereBound) {
  for (const auto& figure : ShippedFigures()) {
    EXPECT_NE(figure.at("indicator"), "digitally_signed_documents_pct");  // "over 96%"
  }
}

TEST_F(SonLaCatalogue, HoldsPercentagePointsAsPoints) {
  EXPECT_EQ(IndicatorOf("trained_labour_gain_pp").unit, "percentage_point");
  EXPECT_EQ(IndicatorOf("trained_labour_gain_pp").maximum, std::nullopt);
}

TEST_F(SonLaCatalogue, LetsTheWorstSectorAndTheWorstDistrictDecide) {
  const Indicator& sectors = IndicatorOf("digital_economy_sector_min_pct");
  EXPECT_EQ(sectors.kind, Kind::kWorst);
  EXPECT_EQ(catalogue_.MembersOf(sectors)->code, "sectors");
  EXPECT_EQ(TargetOf("digital_economy_sector_min_pct", "2025").terms.value, 0.15);
  EXPECT_EQ(TargetOf("digital_economy_sector_min_pct", "2030").terms.value, 0.20);
  const Indicator& officers = IndicatorOf("district_it_officer_per_agency");
  EXPECT_EQ(officers.kind, Kind::kWorst);
  EXPECT_EQ(catalogue_.MembersOf(officers)->code, "areas");
}

TEST_F(SonLaCatalogue, WantsLabourProductivityToGrowInEveryYear) {
  EXPECT_EQ(TargetOf("labour_productivity_growth_pct", "2030").terms.trajectory,
            Trajectory::kMaintain);
  EXPECT_EQ(TargetOf("labour_productivity_growth_pct", "2030").terms.value, 0.07);
}

TEST_F(SonLaCatalogue, TakesTheTinyGapOfSmartphonesAsItIs) {
  const domain::TargetTerms& terms = TargetOf("household_smartphone_pct", "2025").terms;
  EXPECT_EQ(terms.value, 0.9652);
  EXPECT_EQ(terms.baseline, 0.9637);
  EXPECT_EQ(terms.baseline_date.ToText(), "2025-01-01");
  EXPECT_GT(terms.value - *terms.baseline, 2 * terms.tolerance);
}

TEST_F(SonLaCatalogue, ReadsARangeAsFloorAndStretch) {
  const Target& target = TargetOf("digital_economy_grdp_pct", "2030");
  EXPECT_EQ(target.terms.op, TargetOperator::kAtLeast);
  EXPECT_EQ(target.terms.value, 0.15);
  EXPECT_EQ(target.stretch, 0.20);
}

TEST_F(SonLaCatalogue, HasBaselinesOnlyWhereAFigureIsPublished) {
  std::set<std::string> with_baseline;
  for (const Target& target : catalogue_.data().targets) {
    if (target.terms.baseline) {
      with_baseline.insert(catalogue_.data().indicators[target.indicator].code);
    }
  }
  EXPECT_THAT(with_baseline,
              ElementsAre("household_smartphone_pct", "internet_users_pct", "population_4g_pct"));
}

TEST_F(SonLaCatalogue, FeedsThreePublishedRatiosFromTheDepartments) {
  const auto fed_by = [&](const char* code) {
    const Indicator& indicator = IndicatorOf(code);
    return indicator.fed_by ? catalogue_.data().indicators[*indicator.fed_by].code : "";
  };
  EXPECT_EQ(fed_by("online_paperless_meeting_pct"), "meetings_paperless_pct");
  EXPECT_EQ(fed_by("digitally_signed_documents_pct"), "documents_signed_pct");
  EXPECT_EQ(fed_by("work_files_online_province_pct"), "work_files_online_pct");
}

// --- Figures ---

TEST_F(SonLaCatalogue, AdmitsEveryPublishedFigure) {
  const auto figures = ShippedFigures();
  EXPECT_THAT(figures, SizeIs(11));
  for (const auto& figure : figures) {
    const std::string& code = figure.at("indicator");
    const auto date = domain::ParseDateOrYearEnd(figure.at("date"));
    const auto value = domain::ParseQuantity(figure.at("value"), IndicatorOf(code.c_str()).unit);
    ASSERT_TRUE(date && value.ok()) << code;
    domain::RawEvent event;
    event.indicator = code;
    event.has_time = true;
    event.seconds = date->Start().nanos / 1'000'000'000;
    event.measure = domain::RawEvent::Measure::kValue;
    event.value = *value;
    event.reference = figure.at("reference");
    const auto now = domain::CivilDate::FromYearMonthDay(2026, 11, 22).Start();
    const auto verdict =
        Admit(catalogue_, *catalogue_.FindDepartment(figure.at("department")), event, now);
    EXPECT_TRUE(std::holds_alternative<domain::Event>(verdict))
        << code << ": " << std::get<domain::Objection>(verdict).message;
  }
}

TEST_F(SonLaCatalogue, PublishesTheFiguresAsPrinted) {
  std::map<std::string, std::string> values;
  for (const auto& figure : ShippedFigures()) {
    EXPECT_EQ(figure.at("date"), "2024");
    values[figure.at("indicator")] = figure.at("value");
  }
  EXPECT_EQ(values["internet_users_pct"], "47.82%");
  EXPECT_EQ(values["village_4g_pct"], "98.5%");         // printed "98,5%"
  EXPECT_EQ(values["trained_labour_count"], "453954");  // printed "453.954"
  EXPECT_EQ(values["trained_labour_gain_pp"], "6.47");  // printed "6,47%"
}

// --- Examples ---

TEST(ExampleCatalogues, Load) {
  EXPECT_THAT(Shipped("config/examples/vietnam/iocd.yaml").data().targets, SizeIs(11));
  EXPECT_THAT(Shipped("config/examples/lao_cai/iocd.yaml").data().indicators, SizeIs(18));
  EXPECT_THAT(Shipped("config/examples/dak_lak/iocd.yaml").data().targets, SizeIs(3));
}

TEST(ExampleCatalogues, LetRanksImproveDownwards) {
  const Catalogue vietnam = Shipped("config/examples/vietnam/iocd.yaml");
  int ranks = 0;
  for (const Target& target : vietnam.data().targets) {
    if (vietnam.data().indicators[target.indicator].kind != Kind::kRank) continue;
    ++ranks;
    EXPECT_EQ(target.terms.direction, domain::Direction::kLower);
    EXPECT_EQ(target.terms.op, TargetOperator::kAtMost);
    EXPECT_EQ(target.terms.tolerance, 1);
  }
  EXPECT_EQ(ranks, 4);
}

TEST(ExampleCatalogues, KeepATargetWithoutDeadline) {
  const Catalogue dak_lak = Shipped("config/examples/dak_lak/iocd.yaml");
  EXPECT_EQ(dak_lak.data().targets[0].deadline_text, "none");
  EXPECT_EQ(dak_lak.data().targets[0].terms.deadline, std::nullopt);
}

}  // namespace
}  // namespace iocd::config
