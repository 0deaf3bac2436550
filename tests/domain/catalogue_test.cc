#include "domain/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "domain/supersession.h"

namespace iocd::domain {
namespace {

using ::testing::ElementsAre;

Department MakeDepartment(std::string code, std::string kind) {
  Department department;
  department.code = std::move(code);
  department.kind = std::move(kind);
  return department;
}

Indicator MakeIndicator(std::string code, Reporters reporters) {
  Indicator indicator;
  indicator.code = std::move(code);
  indicator.kind = Kind::kFlow;
  indicator.reporters = reporters;
  return indicator;
}

Target MakeTarget(std::optional<std::size_t> department, int deadline_year, CivilDate document) {
  Target target;
  target.department = department;
  target.terms.deadline = CivilDate::FromYearMonthDay(deadline_year, 1, 1);
  target.document_date = document;
  return target;
}

/// Departments stttt (so), snv (so), bsl (dang); indicators of each sort of reporters.
CatalogueData SmallProvince() {
  CatalogueData data;
  data.departments = {MakeDepartment("stttt", "so"), MakeDepartment("snv", "so"),
                      MakeDepartment("bsl", "dang")};
  MemberSet areas{"areas", {}};
  for (const char* code : {"moc_chau", "van_ho"}) {
    Member member;
    member.code = code;
    areas.members.push_back(member);
  }
  data.member_sets = {areas};
  data.indicators = {MakeIndicator("of_owner", Reporters::kOwner),
                     MakeIndicator("of_all", Reporters::kAll),
                     MakeIndicator("of_kind", Reporters::kKinds)};
  data.indicators[0].owner = 1;
  data.indicators[0].member_set = 0;
  data.indicators[2].reporter_kinds = {"so"};
  return data;
}

TEST(CatalogueTest, FindsByCodeAndAnswersNullForWhatItDoesNotHave) {
  const Catalogue catalogue(SmallProvince());
  ASSERT_NE(catalogue.FindDepartment("snv"), nullptr);
  EXPECT_EQ(catalogue.FindDepartment("snv")->code, "snv");
  EXPECT_EQ(catalogue.FindDepartment("of_all"), nullptr);
  ASSERT_NE(catalogue.FindIndicator("of_all"), nullptr);
  EXPECT_EQ(catalogue.FindIndicator("of_all")->code, "of_all");
  EXPECT_EQ(catalogue.FindIndicator(""), nullptr);
}

TEST(CatalogueTest, FindsMembersOnlyInTheSetOfTheIndicator) {
  const Catalogue catalogue(SmallProvince());
  const Indicator& divided = *catalogue.FindIndicator("of_owner");
  const Indicator& whole = *catalogue.FindIndicator("of_all");
  EXPECT_EQ(catalogue.FindMember(divided, "van_ho"), &catalogue.data().member_sets[0].members[1]);
  EXPECT_EQ(catalogue.FindMember(divided, "son_la"), nullptr);
  EXPECT_EQ(catalogue.FindMember(whole, "van_ho"), nullptr);
  EXPECT_EQ(catalogue.MembersOf(divided), &catalogue.data().member_sets[0]);
  EXPECT_EQ(catalogue.MembersOf(whole), nullptr);
}

TEST(CatalogueTest, LetsOwnerAllOrKindsReport) {
  const Catalogue catalogue(SmallProvince());
  EXPECT_THAT(catalogue.ReportersOf(0), ElementsAre(1));
  EXPECT_THAT(catalogue.ReportersOf(1), ElementsAre(0, 1, 2));
  EXPECT_THAT(catalogue.ReportersOf(2), ElementsAre(0, 1));
  const Department& stttt = *catalogue.FindDepartment("stttt");
  const Department& bsl = *catalogue.FindDepartment("bsl");
  EXPECT_FALSE(catalogue.MayReport(stttt, *catalogue.FindIndicator("of_owner")));
  EXPECT_TRUE(catalogue.MayReport(stttt, *catalogue.FindIndicator("of_kind")));
  EXPECT_TRUE(catalogue.MayReport(bsl, *catalogue.FindIndicator("of_all")));
  EXPECT_FALSE(catalogue.MayReport(bsl, *catalogue.FindIndicator("of_kind")));
}

TEST(CatalogueTest, SeesIdsThatTheEngineFillsInLater) {
  Catalogue catalogue(SmallProvince());
  catalogue.mutable_data().departments[2].id = DepartmentId{7};
  const Catalogue shared = std::move(catalogue);
  EXPECT_EQ(shared.FindDepartment("bsl")->id, DepartmentId{7});
  EXPECT_TRUE(shared.MayReport(*shared.FindDepartment("bsl"), *shared.FindIndicator("of_all")));
}

TEST(CatalogueTest, PutsTheNewestDocumentOfEachScopeIndicatorAndDeadlineInForce) {
  const CivilDate of_2020 = CivilDate::FromYearMonthDay(2020, 10, 5);
  const CivilDate of_2024 = CivilDate::FromYearMonthDay(2024, 5, 4);
  CatalogueData data = SmallProvince();
  data.targets = {
      MakeTarget(std::nullopt, 2026, of_2020),  // superseded by the next
      MakeTarget(std::nullopt, 2026, of_2024),
      MakeTarget(std::nullopt, 2031, of_2020),  // another deadline
      MakeTarget(0, 2026, of_2020),             // another scope
  };
  const Catalogue catalogue(std::move(data));
  EXPECT_THAT(catalogue.TargetsInForce(), ElementsAre(1, 2, 3));
  EXPECT_EQ(catalogue.data().targets.size(), 4);  // the superseded one stays readable
}

TEST(CatalogueTest, NamesOfTheNewerDocumentsTheOneThatCameNext) {
  const auto of = [](int year) {
    return MakeTarget(std::nullopt, 2031, CivilDate::FromYearMonthDay(year, 1, 1));
  };
  const std::vector<Target> targets = {of(2022), of(2026), of(2020), of(2024)};
  EXPECT_EQ(SupersededBy(targets, 2), targets.data());
  EXPECT_EQ(SupersededBy(targets, 0), &targets[3]);
  EXPECT_EQ(SupersededBy(targets, 3), &targets[1]);
  EXPECT_EQ(SupersededBy(targets, 1), nullptr);
}

TEST(CatalogueTest, NamesEveryCadenceBothWays) {
  for (const char* name : {"realtime", "daily", "monthly", "quarterly", "yearly"}) {
    ASSERT_TRUE(ParseCadence(name).has_value()) << name;
    EXPECT_EQ(CadenceName(*ParseCadence(name)), name);
  }
  EXPECT_EQ(ParseCadence("weekly"), std::nullopt);
}

TEST(CatalogueTest, ADepartmentIsHeldByItselfThenByItsSuccessors) {
  CatalogueData data = SmallProvince();
  data.departments[0].valid_to = CivilDate{100};
  data.departments[0].successor = 1;
  data.departments[1].valid_to = CivilDate{200};
  data.departments[1].successor = 2;
  data.departments[2].valid_to = CivilDate{300};
  const Catalogue catalogue(std::move(data));
  EXPECT_EQ(catalogue.HolderOn(0, CivilDate{99}), 0u);
  EXPECT_EQ(catalogue.HolderOn(0, CivilDate{100}), 1u);
  EXPECT_EQ(catalogue.HolderOn(0, CivilDate{200}), 2u);
  EXPECT_EQ(catalogue.HolderOn(0, CivilDate{300}), std::nullopt);
  EXPECT_THAT(catalogue.PredecessorsOf(2), ElementsAre(0, 1));
  EXPECT_THAT(catalogue.PredecessorsOf(0), ElementsAre());
}

TEST(CatalogueTest, ASuccessorReportsWhatItsPredecessorsDo) {
  CatalogueData data = SmallProvince();
  data.departments[1].valid_to = CivilDate{100};  // the owner
  data.departments[1].successor = 2;
  const Catalogue catalogue(std::move(data));
  EXPECT_THAT(catalogue.ReportersOf(0), ElementsAre(1, 2));
  EXPECT_TRUE(catalogue.MayReport(catalogue.data().departments[2], catalogue.data().indicators[0]));
  EXPECT_FALSE(
      catalogue.MayReport(catalogue.data().departments[0], catalogue.data().indicators[0]));
  EXPECT_TRUE(catalogue.ReportsOn(1, 0, CivilDate{99}));
  EXPECT_FALSE(catalogue.ReportsOn(2, 0, CivilDate{99}));
  EXPECT_FALSE(catalogue.ReportsOn(1, 0, CivilDate{100}));
  EXPECT_TRUE(catalogue.ReportsOn(2, 0, CivilDate{100}));
}

TEST(CatalogueTest, MembersThatAreNobodysParentAreLeaves) {
  CatalogueData data = SmallProvince();
  std::vector<Member>& members = data.member_sets[0].members;
  members.resize(4);
  members[0].parent = 3;
  members[2].parent = 1;
  members[1].parent = 3;
  const Catalogue catalogue(std::move(data));
  EXPECT_THAT(catalogue.LeavesOf(0), ElementsAre(0, 2));
  EXPECT_THAT(catalogue.LeavesOf(0, 3), ElementsAre(0, 2));
  EXPECT_THAT(catalogue.LeavesOf(0, 1), ElementsAre(2));
  EXPECT_THAT(catalogue.LeavesOf(0, 0), ElementsAre(0));
  const CatalogueData& of = catalogue.data();
  EXPECT_TRUE(catalogue.IsLeaf(of.indicators[0], of.member_sets[0].members[2]));
  EXPECT_FALSE(catalogue.IsLeaf(of.indicators[0], of.member_sets[0].members[1]));
}

}  // namespace
}  // namespace iocd::domain
