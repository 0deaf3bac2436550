#include "query/to_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "query/target_rows.h"
#include "support/test_catalogue.h"

namespace iocd::query {
namespace {

using ::testing::ElementsAre;

TEST(ToProtoTest, TellsACoverageOfABareFractionWithoutParts) {
  domain::Combined combined;
  combined.aggregate.events = 1;
  combined.aggregate.first = 0.4782;
  combined.value = 0.4782;
  combined.have = combined.owe = 1;
  const auto value = ToProto(domain::Kind::kCoverage, domain::Window::k30d, combined);
  EXPECT_EQ(value.window(), "latest");
  EXPECT_EQ(value.value(), 0.4782);
  EXPECT_FALSE(value.has_numerator());
  EXPECT_FALSE(value.partial());
}

TEST(ToProtoTest, TellsSinceWhenADepartmentIsThereAndWhatItGoesOnAs) {
  domain::CatalogueData data = testing::TestCatalogueData();
  data.departments[0].valid_from = domain::CivilDate::FromYearMonthDay(2024, 7, 1);
  data.departments[0].valid_to = domain::CivilDate::FromYearMonthDay(2025, 3, 1);
  data.departments[0].successor = 1;
  data.departments[0].parent = 2;
  const domain::Catalogue catalogue(data);
  const auto merged = ToProto(catalogue, catalogue.data().departments[0], {});
  EXPECT_EQ(merged.valid_from(), "2024-07-01");
  EXPECT_EQ(merged.valid_to(), "2025-03-01");
  EXPECT_EQ(merged.successor(), "b");
  EXPECT_EQ(merged.parent(), "c");
  const auto other = ToProto(catalogue, catalogue.data().departments[1], {});
  EXPECT_EQ(other.valid_from() + other.valid_to() + other.successor() + other.parent(), "");
}

TEST(ToProtoTest, TellsOfWhichMemberAnotherIsAPart) {
  domain::CatalogueData data = testing::TestCatalogueData();
  data.member_sets[0].members[1].parent = 0;
  const auto stock = IndicatorToProto(domain::Catalogue(data), 3);
  ASSERT_EQ(stock.members_size(), 2);
  EXPECT_EQ(stock.members(0).parent(), "");
  EXPECT_EQ(stock.members(1).parent(), "north");
}

/// A target of 2024 took the place of one of 2020.
domain::CatalogueData DataWithTargets() {
  domain::CatalogueData data;
  data.indicators.emplace_back().code = "users";
  domain::Target old;
  old.terms.deadline = domain::CivilDate::FromYearMonthDay(2031, 1, 1);
  old.document = "Plan 194";
  old.document_date = domain::CivilDate::FromYearMonthDay(2020, 10, 5);
  domain::Target next = old;
  next.document = "Decision 811";
  next.document_date = domain::CivilDate::FromYearMonthDay(2024, 5, 4);
  next.note = "why";
  next.terms.tolerance = 0.0005;
  next.terms.baseline = 0.4782;
  next.terms.baseline_date = domain::CivilDate::FromYearMonthDay(2025, 1, 1);
  next.terms.milestones = {{domain::CivilDate::FromYearMonthDay(2027, 7, 1), 0.48}};
  old.terms.trajectory = domain::Trajectory::kMaintain;
  data.targets = {old, next};
  return data;
}

TEST(ToProtoTest, SaysOfATargetAllThatItsDocumentSays) {
  const domain::Catalogue catalogue(DataWithTargets());
  domain::TargetRow row;
  row.target = &catalogue.data().targets[1];
  row.assessment.gap = 0.25;
  const ioc::v1::TargetRow target = ToProto(catalogue, row);
  EXPECT_EQ(target.document(), "Decision 811");
  EXPECT_EQ(target.document_date(), "2024-05-04");
  EXPECT_EQ(target.trajectory(), "linear");
  EXPECT_EQ(target.note(), "why");
  EXPECT_EQ(target.baseline(), 0.4782);
  EXPECT_EQ(target.baseline_date(), "2025-01-01");
  ASSERT_EQ(target.milestones_size(), 1);
  EXPECT_EQ(target.milestones(0).date(), "2027-07-01");
  EXPECT_EQ(target.milestones(0).value(), 0.48);
  EXPECT_EQ(target.tolerance(), 0.0005);
  EXPECT_EQ(target.superseded_by(), "");
  EXPECT_EQ(target.gap(), 0.25);
}

TEST(ToProtoTest, NamesTheDocumentThatTookTheTargetsPlace) {
  const domain::Catalogue catalogue(DataWithTargets());
  domain::TargetRow row;
  row.target = catalogue.data().targets.data();
  const ioc::v1::TargetRow target = ToProto(catalogue, row);
  EXPECT_EQ(target.superseded_by(), "Decision 811");
  EXPECT_EQ(target.trajectory(), "maintain");
  EXPECT_FALSE(target.has_baseline());
  EXPECT_EQ(target.baseline_date(), "");
  EXPECT_FALSE(target.has_gap());
}

TEST(ToProtoTest, ListsTargetsOfAScopeAndThoseThatWereSuperseded) {
  domain::CatalogueData data = DataWithTargets();
  data.departments.emplace_back().code = "stttt";
  data.targets.push_back(data.targets[0]);
  data.targets[2].department = 0;
  const domain::Catalogue catalogue(std::move(data));
  EXPECT_THAT(TargetsOfScope(catalogue, "", false), ElementsAre(1, 2));
  EXPECT_THAT(TargetsOfScope(catalogue, "", true), ElementsAre(0, 1, 2));
  EXPECT_THAT(TargetsOfScope(catalogue, "province", true), ElementsAre(0, 1));
  EXPECT_THAT(TargetsOfScope(catalogue, "stttt", true), ElementsAre(2));
}

}  // namespace
}  // namespace iocd::query
