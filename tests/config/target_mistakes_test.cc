// How targets are read, and what the loader refuses about them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/catalogue_mistakes.h"

namespace iocd::config {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

TEST_F(CatalogueMistakes, ReadsATargetWholly) {
  const domain::Target target =
      TheTarget({{"scope", "stttt"},
                 {"value", "48.56%"},
                 {"stretch", "60%"},
                 {"baseline", "{value: 47.82%, date: 2024}"},
                 {"deadline", "2027-07-01"},
                 {"tolerance", "0.1%"},
                 {"milestones", "[{date: 2025, value: 48%}, {date: 2026-06-30, value: 48.2%}]"},
                 {"note", "why"}});
  EXPECT_EQ(target.department, 0u);
  EXPECT_EQ(target.terms.value, 0.4856);
  EXPECT_EQ(target.stretch, 0.6);
  EXPECT_EQ(target.terms.baseline, 0.4782);
  EXPECT_EQ(target.terms.baseline_date.ToText(), "2025-01-01");  // a year is its end
  EXPECT_EQ(target.deadline_text, "2027-07-01");
  EXPECT_EQ(target.terms.deadline->ToText(), "2027-07-01");
  EXPECT_EQ(target.terms.tolerance, 0.001);
  EXPECT_EQ(target.terms.direction, domain::Direction::kHigher);
  ASSERT_THAT(target.terms.milestones, SizeIs(2));
  EXPECT_EQ(target.terms.milestones[0].first.ToText(), "2026-01-01");
  EXPECT_EQ(target.terms.milestones[1].second, 0.482);
  EXPECT_EQ(target.document_date.ToText(), "2024-05-04");
  EXPECT_EQ(target.note, "why");
}

TEST_F(CatalogueMistakes, TakesAYearAsTheEndOfThatYear) {
  EXPECT_EQ(TheTarget({{"deadline", "2025"}}).terms.deadline->ToText(), "2026-01-01");
  EXPECT_EQ(TheTarget({{"deadline", "none"}}).terms.deadline, std::nullopt);
  EXPECT_EQ(TheTarget({{"deadline", "none"}}).deadline_text, "none");
}

TEST_F(CatalogueMistakes, DerivesTheToleranceFromTheUnit) {
  EXPECT_EQ(TheTarget({}).terms.tolerance, 0.0005);
  EXPECT_EQ(TheTarget({{"indicator", "gain"}, {"value", "7"}}).terms.tolerance, 0.05);
  EXPECT_EQ(TheTarget({{"indicator", "count"}, {"value", "7"}}).terms.tolerance, 0);
  EXPECT_EQ(
      TheTarget({{"indicator", "rank"}, {"operator", "\"<=\""}, {"value", "7"}}).terms.tolerance,
      1);
}

TEST_F(CatalogueMistakes, ReadsEveryOperator) {
  using domain::TargetOperator;
  EXPECT_EQ(TheTarget({{"operator", "\">=\""}}).terms.op, TargetOperator::kAtLeast);
  EXPECT_EQ(TheTarget({{"operator", "\">\""}}).terms.op, TargetOperator::kMoreThan);
  const auto rank = [&](const char* op) {
    return TheTarget({{"indicator", "rank"}, {"value", "7"}, {"operator", op}}).terms.op;
  };
  EXPECT_EQ(rank("\"<=\""), TargetOperator::kAtMost);
  EXPECT_EQ(rank("\"<\""), TargetOperator::kLessThan);
  EXPECT_THAT(WithTargets({Target({{"operator", "ge"}})}),
              ElementsAre(HasSubstr("'ge' is no operator; allowed: '>=', '>', '<=', '<'")));
}

TEST_F(CatalogueMistakes, RefusesATargetOfWhatIsNotThere) {
  EXPECT_THAT(WithTargets({Target({{"indicator", "usrs"}, {"scope", "stt"}})}),
              UnorderedElementsAre(HasSubstr("no indicator 'usrs'; did you mean 'users'?"),
                                   HasSubstr("no department 'stt'")));
}

TEST_F(CatalogueMistakes, RefusesATargetForADepartmentThatDoesNotReport) {
  EXPECT_THAT(WithTargets({Target({{"scope", "bsl"}})}),
              ElementsAre(AllOf(HasSubstr("'bsl' does not report 'users'"),
                                HasSubstr("allowed: province, or who reports it: its owner "
                                          "'stttt'"))));
}

TEST_F(CatalogueMistakes, RefusesATargetWithoutDirectionOrAgainstIt) {
  EXPECT_THAT(WithTargets({Target({{"indicator", "plain"}})}),
              ElementsAre(HasSubstr("has the direction none")));
  EXPECT_THAT(WithTargets({Target({{"operator", "\"<=\""}})}),
              ElementsAre(HasSubstr("goes against the direction of 'users', which is better "
                                    "higher")));
  EXPECT_THAT(WithTargets({Target({{"indicator", "rank"}, {"value", "7"}})}),
              ElementsAre(HasSubstr("which is better lower")));
}

TEST_F(CatalogueMistakes, RefusesQuantitiesThatAreWrittenWrong) {
  EXPECT_THAT(WithTargets({Target({{"value", "80"}})}),
              ElementsAre(HasSubstr("the value '80' has no '%'")));
  EXPECT_THAT(WithTargets({Target({{"value", "98,5%"}})}), ElementsAre(HasSubstr("'98.5%'?")));
  EXPECT_THAT(WithTargets({Target({{"indicator", "count"}, {"value", "8%"}})}),
              ElementsAre(HasSubstr("the unit is person")));
  EXPECT_THAT(WithTargets({Target({{"baseline", "{value: over 96%, date: 2024}"}})}),
              ElementsAre(HasSubstr("the baseline 'over 96%' is not a number")));
}

TEST_F(CatalogueMistakes, RefusesValuesOutsideTheBounds) {
  EXPECT_THAT(WithTargets({Target({{"value", "101%"}, {"baseline", "{value: -1%, date: 2024}"}})}),
              UnorderedElementsAre(HasSubstr("the value 101% is above 100%"),
                                   HasSubstr("the baseline -1% is below 0%")));
  EXPECT_THAT(WithTargets({Target({{"tolerance", "-1%"}})}), ElementsAre(HasSubstr("below 0")));
  EXPECT_THAT(WithTargets({Target({{"stretch", "70%"}})}),
              ElementsAre(HasSubstr("the stretch 70% asks no more than the value 80%: it must lie "
                                    "above the value")));
  EXPECT_THAT(WithTargets({Target({{"stretch", "80%"}})}), ElementsAre(HasSubstr("asks no more")));
  const auto rank = [&](const char* stretch) {
    return WithTargets({Target(
        {{"indicator", "rank"}, {"operator", "\"<=\""}, {"value", "7"}, {"stretch", stretch}})});
  };
  EXPECT_THAT(rank("5"), IsEmpty());
  EXPECT_THAT(rank("8"), ElementsAre(HasSubstr("it must lie below the value")));
}

TEST_F(CatalogueMistakes, RefusesDatesThatAreNone) {
  EXPECT_THAT(WithTargets({Target({{"deadline", "2025-13-01"}, {"document_date", "2024"}})}),
              UnorderedElementsAre(HasSubstr("'2025-13-01' is no deadline"),
                                   HasSubstr("'2024' is no date; write the day of the document")));
  EXPECT_THAT(WithTargets({Target({{"baseline", "{value: 1%, date: 31/12/2024}"}})}),
              ElementsAre(HasSubstr("'31/12/2024' is no date")));
}

TEST_F(CatalogueMistakes, RefusesADeadlineThatIsNotAfterTheBaseline) {
  EXPECT_THAT(WithTargets({Target({{"baseline", "{value: 1%, date: 2025}"}})}),
              ElementsAre(HasSubstr("the deadline 2025 is not after the date of the baseline, "
                                    "2026-01-01 (a year means its end): give the baseline of an "
                                    "earlier date, or 'baseline: none'")));
  EXPECT_THAT(WithTargets({Target({{"baseline", "{value: 1%, date: 2030}"}})}), SizeIs(1));
  EXPECT_THAT(WithTargets({Target({{"baseline", "{value: 1%, date: 2025-12-31}"}})}), IsEmpty());
  // The administration's 2025 ends on 14 December.
  const auto admin = [&](const char* date) {
    return MistakesOf(kRoster + ("indicators:\n" + Indicator({{"calendar", "admin"}})) +
                      "targets:\n" +
                      Target({{"baseline", absl::StrCat("{value: 1%, date: ", date, "}")}}));
  };
  EXPECT_THAT(admin("2025-12-14"), IsEmpty());
  EXPECT_THAT(admin("2025-12-15"), ElementsAre(HasSubstr("is not after")));
}

TEST_F(CatalogueMistakes, RefusesMilestonesOutsideTheCourse) {
  const std::string baseline = "{value: 40%, date: 2023}";
  const auto with = [&](const char* milestones) {
    return WithTargets({Target({{"baseline", baseline}, {"milestones", milestones}})});
  };
  EXPECT_THAT(with("[{date: 2024, value: 50%}]"), IsEmpty());
  EXPECT_THAT(with("[{date: 2023, value: 50%}]"), ElementsAre(HasSubstr("must lie after")));
  EXPECT_THAT(with("[{date: 2025, value: 50%}]"), ElementsAre(HasSubstr("must lie after")));
  EXPECT_THAT(with("[{date: 2025-06-01, value: 5%}, {date: 2024, value: 6%}]"),
              ElementsAre(HasSubstr("the milestone of 2025-01-01")));
  EXPECT_THAT(WithTargets({Target({{"milestones", "[{date: 2024, value: 50%}]"}})}),
              ElementsAre(AllOf(HasSubstr("need a baseline and a deadline between which they lie"),
                                HasSubstr("here the baseline is none"))));
  EXPECT_THAT(WithTargets({Target({{"baseline", baseline},
                                   {"deadline", "none"},
                                   {"milestones", "[{date: 2024, value: 50%}]"}})}),
              ElementsAre(HasSubstr("here the deadline is none")));
  EXPECT_THAT(WithTargets({Target({{"baseline", baseline},
                                   {"trajectory", "maintain"},
                                   {"milestones", "[{date: 2024, value: 50%}]"}})}),
              ElementsAre(HasSubstr("maintain has no milestones")));
}

TEST_F(CatalogueMistakes, RefusesTwoTargetsOfOneDocumentForOneDeadline) {
  EXPECT_THAT(
      WithTargets({Target({}), Target({{"value", "90%"}})}),
      ElementsAre(AllOf(HasSubstr("one key (scope province, indicator users, deadline 2025), "),
                        HasSubstr("from the same document; first at cat.yaml:"),
                        HasSubstr("leave one of them"))));
  EXPECT_THAT(WithTargets({Target({{"scope", "stttt"}}),
                           Target({{"scope", "stttt"}, {"document", "Plan 2"}})}),
              ElementsAre(AllOf(HasSubstr("one key (scope stttt,"),
                                HasSubstr("from a document of the same day"),
                                HasSubstr("or correct a document_date"))));
  // Written differently, the deadline is the same.
  EXPECT_THAT(WithTargets({Target({}), Target({{"deadline", "2026-01-01"}})}),
              ElementsAre(HasSubstr("from the same document")));
  EXPECT_THAT(WithTargets({Target({}), Target({{"scope", "stttt"}}), Target({{"deadline", "2030"}}),
                           Target({{"document", "Plan 2"}, {"document_date", "2025-01-01"}})}),
              IsEmpty());
}

TEST_F(CatalogueMistakes, RefusesADocumentOfTwoDates) {
  const std::string later =
      Target({{"indicator", "count"}, {"value", "7"}, {"document_date", "2025-01-01"}});
  EXPECT_THAT(
      WithTargets({Target({}), later}),
      ElementsAre(
          AllOf(HasSubstr("'Decision 1' has the date 2025-01-01 here and 2024-05-04 at cat.yaml:"),
                HasSubstr("give each its own name"))));
}

TEST_F(CatalogueMistakes, FindsWhatIsWrongWithDatesAndQuantitiesOfATargetAtOnce) {
  EXPECT_THAT(
      WithTargets({Target({{"value", "80"},
                           {"baseline", "{value: 40%, date: 2023}"},
                           {"milestones", "[{date: 2024, value: 50}, {date: 2026, value: 60%}]"}}),
                   Target({{"value", "81"}, {"baseline", "{value: 40%, date: 2025}"}})}),
      UnorderedElementsAre(HasSubstr("'80' has no '%'"), HasSubstr("'50' has no '%'"),
                           HasSubstr("the milestone of 2027-01-01 must lie after 2025-01-01"),
                           HasSubstr("from the same document"), HasSubstr("'81' has no '%'"),
                           HasSubstr("the deadline 2025 is not after")));
}

TEST_F(CatalogueMistakes, BlamesATargetOnlyForItsOwnMistakes) {
  EXPECT_THAT(MistakesOf(kRoster + ("indicators:\n" + Indicator({{"kind", "rnk"}})) + "targets:\n" +
                         Target({{"operator", "\"<\""}})),
              ElementsAre(HasSubstr("'rnk' is no kind")));
}

TEST_F(CatalogueMistakes, FindsMistakesInSeveralItemsAtOnce) {
  EXPECT_THAT(WithTargets({Target({{"value", "80"}}), Target({{"value", "81"}})}),
              Contains(HasSubstr("'81' has no '%'")));
  EXPECT_THAT(WithTargets({Target({{"value", "80"}}), Target({{"value", "81"}})}),
              Contains(AllOf(StartsWith("cat.yaml:"), HasSubstr("'80' has no '%'"))));
}

}  // namespace
}  // namespace iocd::config
