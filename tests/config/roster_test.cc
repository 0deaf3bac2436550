// What catalogue files say of the dates of departments, their successors and trees, and of waivers,
// one claim a test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "config/changes.h"
#include "config/config_files.h"

namespace iocd::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

domain::CivilDate Day(const char* text) { return domain::ParseDate(text).value(); }

constexpr char kMerged[] = R"(territory: {code: here, name_vi: Đây, name_en: Here,
            reports_from: 2025-01-01}
departments:
  - {code: old, name_vi: Cũ, name_en: Old, kind: so, valid_to: 2025-03-01, successor: new}
  - {code: new, name_vi: Mới, name_en: New, kind: so, valid_from: 2025-03-01}
  - {code: district, name_vi: Huyện, name_en: District, kind: huyen, valid_to: 2025-07-01}
  - {code: commune, name_vi: Xã, name_en: Commune, kind: xa, parent: district}
member_sets:
  - code: areas
    members:
      - {code: north, name_vi: B, name_en: N, parent: all}
      - {code: all, name_vi: T, name_en: A}
indicators:
  - {code: received, name_vi: N, name_en: N, kind: flow, unit: dossier, direction: none,
     cadence: daily, owner: old}
  - {code: users, name_vi: N, name_en: N, kind: flow, unit: dossier, direction: none,
     cadence: daily, owner: district, fed_by: received}
waivers:
  - {department: new, indicator: received, from: 2025-03-03, to: 2025-03-05, reason: Moving house,
     author: The chairman, date: 2025-02-27}
  - {department: district, from: 2025-06-30, to: 2025-06-30, reason: Flood, author: A, date: 2025-07-02}
)";

class RosterConfiguration : public ConfigFiles {
 protected:
  /// Mistakes of departments a, b and c, of which each has the given keys more.
  std::vector<std::string> DepartmentMistakes(const std::string& a, const std::string& b = "",
                                              const std::string& c = "") {
    std::string text = "territory: {code: here, name_vi: N, name_en: N}\ndepartments:\n";
    const std::string* const more[] = {&a, &b, &c};
    const char* const codes[] = {"a", "b", "c"};
    for (std::size_t i = 0; i < 3; ++i) {
      absl::StrAppend(&text, "  - {code: ", codes[i], ", name_vi: N, name_en: N, kind: so",
                      more[i]->empty() ? "" : ", ", *more[i], "}\n");
    }
    return MistakesOf(text);
  }

  std::vector<std::string> MemberMistakes(const std::string& members) {
    return MistakesOf(
        absl::StrCat("territory: {code: here, name_vi: N, name_en: N}\n"
                     "departments: [{code: a, name_vi: N, name_en: N, kind: so}]\n"
                     "member_sets:\n  - {code: areas, members: [",
                     members, "]}\n"));
  }

  std::vector<std::string> WaiverMistakes(const std::string& waiver) {
    return MistakesOf(absl::StrCat(kMerged, "  - {", waiver, "}\n"));
  }

  /// What is said when the text on the left stands in the place of that on the right.
  std::vector<std::string> Changes(absl::string_view before, absl::string_view after) {
    return CatalogueChanges(Good(kMerged).catalogue.data(),
                            Good(absl::StrReplaceAll(kMerged, {{before, after}})).catalogue.data());
  }
};

TEST_F(RosterConfiguration, ReadsDatesSuccessorsAndTrees) {
  const domain::CatalogueData data = Good(kMerged).catalogue.data();
  EXPECT_EQ(data.reports_from, Day("2025-01-01"));
  ASSERT_THAT(data.departments, SizeIs(4));
  EXPECT_EQ(data.departments[0].valid_from, std::nullopt);
  EXPECT_EQ(data.departments[0].valid_to, Day("2025-03-01"));
  EXPECT_EQ(data.departments[0].successor, 1u);
  EXPECT_EQ(data.departments[1].valid_from, Day("2025-03-01"));
  EXPECT_EQ(data.departments[1].successor, std::nullopt);
  EXPECT_EQ(data.departments[2].successor, std::nullopt);  // dissolved
  EXPECT_EQ(data.departments[3].parent, 2u);
  EXPECT_EQ(data.member_sets[0].members[0].parent, 1u);
  EXPECT_EQ(data.member_sets[0].members[1].parent, std::nullopt);
}

TEST_F(RosterConfiguration, ReadsWaiversWholly) {
  const domain::CatalogueData data = Good(kMerged).catalogue.data();
  ASSERT_THAT(data.waivers, SizeIs(2));
  const domain::Waiver& waiver = data.waivers[0];
  EXPECT_EQ(waiver.department, 1u);
  EXPECT_EQ(waiver.indicator, 0u);
  EXPECT_EQ(waiver.first, Day("2025-03-03"));
  EXPECT_EQ(waiver.last, Day("2025-03-05"));
  EXPECT_EQ(waiver.reason, "Moving house");
  EXPECT_EQ(waiver.author, "The chairman");
  EXPECT_EQ(waiver.date, Day("2025-02-27"));
  EXPECT_EQ(data.waivers[1].indicator, std::nullopt);
}

TEST_F(RosterConfiguration, RefusesDatesThatAreNoDays) {
  EXPECT_THAT(DepartmentMistakes("valid_from: 2025", "valid_to: 2025-02-29"),
              ElementsAre("cat.yaml:3:61: '2025' is no date; write a day as 2025-01-27",
                          HasSubstr("'2025-02-29' is no date")));
}

TEST_F(RosterConfiguration, RefusesADepartmentThatEndsBeforeItHasADay) {
  EXPECT_THAT(DepartmentMistakes("valid_from: 2025-03-01, valid_to: 2025-03-01"),
              ElementsAre("cat.yaml:3:83: valid_to 2025-03-01 is not after valid_from 2025-03-01: "
                          "it is the day from which the department is no more"));
  EXPECT_THAT(DepartmentMistakes("valid_from: 2025-03-01, valid_to: 2025-03-02"), IsEmpty());
}

TEST_F(RosterConfiguration, RefusesASuccessorWithoutADay) {
  EXPECT_THAT(DepartmentMistakes("successor: b"),
              ElementsAre("cat.yaml:3:60: 'successor' needs 'valid_to', the day from which 'b' "
                          "goes on with what this one had"));
}

TEST_F(RosterConfiguration, RefusesASuccessorThatIsUnknownOrItself) {
  EXPECT_THAT(DepartmentMistakes("valid_to: 2025-03-01, successor: d"),
              ElementsAre(HasSubstr("cat.yaml:3:82: there is no department 'd'")));
  EXPECT_THAT(DepartmentMistakes("valid_to: 2025-03-01, successor: a"),
              ElementsAre("cat.yaml:3:82: 'a' cannot be its own successor; one that is dissolved "
                          "has none"));
}

TEST_F(RosterConfiguration, RefusesASuccessorThatIsNotThereOnTheDay) {
  EXPECT_THAT(DepartmentMistakes("valid_to: 2025-03-01, successor: b", "valid_to: 2025-03-01"),
              ElementsAre("cat.yaml:3:82: the successor 'b' is itself no more on 2025-03-01 (its "
                          "valid_to is 2025-03-01): name the department that takes over on that "
                          "day"));
  EXPECT_THAT(DepartmentMistakes("valid_to: 2025-03-01, successor: b", "valid_from: 2025-03-02"),
              ElementsAre("cat.yaml:3:82: the successor 'b' is not there yet on 2025-03-01 (its "
                          "valid_from is 2025-03-02): it takes over on the valid_to of 'a'"));
  EXPECT_THAT(DepartmentMistakes("valid_to: 2025-03-01, successor: b",
                                 "valid_from: 2025-03-01, valid_to: 2025-03-02, successor: c"),
              IsEmpty());
}

TEST_F(RosterConfiguration, NamesTheWholeWayRoundOfSuccessors) {
  EXPECT_THAT(
      DepartmentMistakes("valid_to: 2025-03-01, successor: c", "valid_to: 2025-04-01, successor: a",
                         "valid_to: 2025-05-01, successor: b"),
      ElementsAre("cat.yaml:3:82: the successors go in a circle: a -> c -> b -> a; the "
                  "last of them goes on and has none"));
}

TEST_F(RosterConfiguration, NamesTheWholeWayRoundOfATreeOfDepartments) {
  EXPECT_THAT(DepartmentMistakes("parent: b", "parent: c", "parent: b"),
              ElementsAre("cat.yaml:4:57: the departments stand above each other in a circle: "
                          "b -> c -> b; the highest of them has no parent"));
  EXPECT_THAT(DepartmentMistakes("parent: a"), ElementsAre(HasSubstr("circle: a -> a;")));
  EXPECT_THAT(DepartmentMistakes("parent: x"),
              ElementsAre(HasSubstr("there is no department 'x'")));
}

TEST_F(RosterConfiguration, NamesTheWholeWayRoundOfATreeOfMembers) {
  EXPECT_THAT(MemberMistakes("{code: x, name_vi: N, name_en: N, parent: y}, "
                             "{code: y, name_vi: N, name_en: N, parent: x}"),
              ElementsAre("cat.yaml:4:71: the members of 'areas' are parts of each other in a "
                          "circle: x -> y -> x; the largest of them has no parent"));
  EXPECT_THAT(MemberMistakes("{code: x, name_vi: N, name_en: N, parent: z}"),
              ElementsAre(HasSubstr("there is no member of 'areas' 'z'")));
}

TEST_F(RosterConfiguration, RefusesAWaiverThatSaysNeitherWhyNorWhoDecided) {
  EXPECT_THAT(WaiverMistakes("department: new, from: 2025-04-01, to: 2025-04-01, date: 2025-04-01"),
              ElementsAre("cat.yaml:22:5: a waiver needs 'reason': say why these reports need not "
                          "be given",
                          "cat.yaml:22:5: a waiver needs 'author': say who decided it"));
  EXPECT_THAT(WaiverMistakes("department: new, from: 2025-04-01, to: 2025-04-01, date: 2025-04-01, "
                             "reason: ' ', author: ''"),
              ElementsAre(HasSubstr("'reason' is blank: say why these reports"),
                          HasSubstr("'author' has no value")));
}

TEST_F(RosterConfiguration, RefusesAWaiverThatEndsBeforeItBegins) {
  EXPECT_THAT(WaiverMistakes("department: new, from: 2025-04-02, to: 2025-04-01, date: 2025-04-01, "
                             "reason: R, author: A"),
              ElementsAre("cat.yaml:22:45: the waiver ends on 2025-04-01, before it begins on "
                          "2025-04-02: from and to are the first and last day on which the "
                          "reports are due, and may be the same"));
}

TEST_F(RosterConfiguration, RefusesAWaiverOfWhatIsUnknownOrNotOwed) {
  const std::string rest =
      ", from: 2025-04-01, to: 2025-04-01, date: 2025-04-01, reason: R, author: A";
  EXPECT_THAT(WaiverMistakes("department: newt" + rest),
              ElementsAre(HasSubstr("there is no department 'newt'; did you mean 'new'?")));
  EXPECT_THAT(WaiverMistakes("department: new, indicator: user" + rest),
              ElementsAre(HasSubstr("there is no indicator 'user'")));
  EXPECT_THAT(
      WaiverMistakes("department: commune, indicator: received" + rest),
      ElementsAre("cat.yaml:22:38: department 'commune' does not report 'received', so there is "
                  "nothing of it to let off; without 'indicator' the waiver is for all that it "
                  "reports"));
  EXPECT_THAT(WaiverMistakes("department: district, indicator: users" + rest),
              ElementsAre(HasSubstr("nobody owes 'users', which is made from 'received': name "
                                    "that one")));
}

TEST_F(RosterConfiguration, RefusesAWaiverThatIsGivenTwiceOrForMoreThanAYear) {
  const std::string rest = ", date: 2025-04-01, reason: Other, author: B";
  EXPECT_THAT(
      WaiverMistakes("department: new, indicator: received, from: 2025-03-03, to: 2025-03-05" +
                     rest),
      ElementsAre(HasSubstr("department 'new' is let off the same reports twice; first at ")));
  EXPECT_THAT(WaiverMistakes("department: new, from: 2025-04-01, to: 2026-04-01" + rest),
              IsEmpty());
  EXPECT_THAT(
      WaiverMistakes("department: new, from: 2025-04-01, to: 2026-04-02" + rest),
      ElementsAre(HasSubstr("the waiver is for 367 days; at most 366: for longer give another "
                            "one, with its own decision")));
}

TEST_F(RosterConfiguration, ChangesAreNamedAsInTheFiles) {
  EXPECT_THAT(Changes("reports_from: 2025-01-01", "reports_from: 2025-02-01"),
              ElementsAre("territory: reports_from is 2025-02-01, was 2025-01-01: holds also for "
                          "what was owed before"));
  EXPECT_THAT(Changes("valid_to: 2025-07-01", "valid_to: 2025-08-01, successor: commune"),
              ElementsAre("department 'district': valid_to is 2025-08-01, was 2025-07-01: holds "
                          "also for what was owed before",
                          "department 'district': successor is 'commune', was none: goes on with "
                          "what this one had, from its valid_to on"));
  EXPECT_THAT(Changes("parent: district", "parent: new"),
              ElementsAre("department 'commune': parent is 'new', was 'district'"));
  EXPECT_THAT(Changes(", parent: all", ""),
              ElementsAre("member 'north' of 'areas': parent is none, was 'all'"));
  EXPECT_THAT(Changes("reason: Flood", "reason: Storm"),
              ElementsAre("waiver of 'district' for all, 2025-06-30 to 2025-06-30: reason is "
                          "'Storm', was 'Flood'"));
  EXPECT_THAT(Changes("from: 2025-03-03", "from: 2025-03-04"),
              ElementsAre("waiver of 'new' for 'received', 2025-03-04 to 2025-03-05 is new",
                          "waiver of 'new' for 'received', 2025-03-03 to 2025-03-05 is gone; its "
                          "reports count again"));
}

}  // namespace
}  // namespace iocd::config
