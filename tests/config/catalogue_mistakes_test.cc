// What the loader refuses in catalogue files, one claim a test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "config/config_files.h"

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

constexpr char kRoster[] = R"(territory: {code: here, name_vi: Đây, name_en: Here}
departments:
  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}
  - {code: bsl, name_vi: Báo, name_en: Newspaper, kind: dang}
member_sets:
  - {code: areas, members: [{code: moc_chau, name_vi: M, name_en: M}]}
)";

class CatalogueMistakes : public ConfigFiles {
 protected:
  /// One indicator: the given keys win over a valid set of them. An empty value drops the key.
  static std::string Indicator(std::map<std::string, std::string> keys) {
    keys.insert({{"code", "users"},
                 {"name_vi", "N"},
                 {"name_en", "N"},
                 {"kind", "coverage"},
                 {"unit", "percent"},
                 {"direction", "higher"},
                 {"cadence", "monthly"},
                 {"owner", "stttt"}});
    return Item(keys);
  }

  /// One target of `users`, in the same manner.
  static std::string Target(std::map<std::string, std::string> keys) {
    keys.insert({{"indicator", "users"},
                 {"operator", "\">=\""},
                 {"value", "80%"},
                 {"deadline", "2025"},
                 {"document", "Decision 1"},
                 {"document_date", "2024-05-04"}});
    return Item(keys);
  }

  std::vector<std::string> WithIndicators(const std::vector<std::string>& items) {
    return MistakesOf(kRoster + List("indicators", items));
  }

  std::vector<std::string> WithTargets(const std::vector<std::string>& items) {
    return MistakesOf(Everything(items));
  }

  domain::Indicator TheIndicator(std::map<std::string, std::string> keys) {
    return Good(kRoster + List("indicators", {Indicator(std::move(keys))}))
        .catalogue.data()
        .indicators.at(0);
  }

  domain::Target TheTarget(std::map<std::string, std::string> keys) {
    return Good(Everything({Target(std::move(keys))})).catalogue.data().targets.at(0);
  }

  /// Indicators: users (percent, higher), rank (lower), plain (direction none), gain (points),
  /// count.
  static std::string Everything(const std::vector<std::string>& targets) {
    return kRoster +
           List(
               "indicators",
               {Indicator({}),
                Indicator(
                    {{"code", "rank"}, {"kind", "rank"}, {"unit", "rank"}, {"direction", "lower"}}),
                Indicator({{"code", "plain"}, {"direction", "none"}}),
                Indicator({{"code", "gain"}, {"kind", "reported"}, {"unit", "percentage_point"}}),
                Indicator({{"code", "count"}, {"kind", "stock"}, {"unit", "person"}})}) +
           List("targets", targets);
  }

 private:
  static std::string Item(const std::map<std::string, std::string>& keys) {
    std::string item = "  -";
    for (const auto& [key, value] : keys) {
      if (!value.empty())
        absl::StrAppend(&item, item == "  -" ? " " : "    ", key, ": ", value, "\n");
    }
    return item;
  }

  static std::string List(const std::string& key, const std::vector<std::string>& items) {
    std::string list = key + ":\n";
    for (const std::string& item : items) list += item;
    return list;
  }
};

// --- Codes ---

TEST_F(CatalogueMistakes, RefusesCodesThatBreakTheRule) {
  for (const std::string& bad : {std::string("Users"), std::string("1st"), std::string("a-b"),
                                 std::string("sở"), std::string(65, 'a'), std::string("_a")}) {
    EXPECT_THAT(WithIndicators({Indicator({{"code", bad}})}), ElementsAre(HasSubstr("is no code")))
        << bad;
  }
  EXPECT_THAT(WithIndicators({Indicator({{"code", std::string(64, 'a')}})}), IsEmpty());
}

TEST_F(CatalogueMistakes, NamesBothPlacesOfACodeThatStandsTwice) {
  Write("more.yaml", "departments:\n  - {code: bsl, name_vi: B, name_en: B, kind: so}\n");
  EXPECT_THAT(MistakesOf(kRoster, "catalogue: [cat.yaml, more.yaml]\n"),
              ElementsAre("more.yaml:2:12: department 'bsl' stands twice; first at cat.yaml:4:12"));
  EXPECT_THAT(WithIndicators({Indicator({}), Indicator({})}),
              ElementsAre(HasSubstr("indicator 'users' stands twice; first at cat.yaml:9:")));
  EXPECT_THAT(MistakesOf(std::string(kRoster) + "  - code: sectors\n    members:\n"
                                                "      - {code: a, name_vi: A, name_en: A}\n"
                                                "      - {code: a, name_vi: A, name_en: A}\n"),
              ElementsAre(HasSubstr("member of 'sectors' 'a' stands twice")));
  Write("more.yaml", "territory: {code: there, name_vi: a, name_en: a}\n");
  EXPECT_THAT(MistakesOf(kRoster, "catalogue: [cat.yaml, more.yaml]\n"),
              ElementsAre(HasSubstr("second time; first at cat.yaml:1:12")));
}

TEST_F(CatalogueMistakes, KeepsTheWordProvinceForTheScope) {
  EXPECT_THAT(MistakesOf("territory: {code: here, name_vi: a, name_en: a}\ndepartments:\n"
                         "  - {code: province, name_vi: a, name_en: a, kind: so}\n"),
              ElementsAre(HasSubstr("cannot have the code 'province'")));
}

// --- Indicators ---

TEST_F(CatalogueMistakes, CountsOnceByReferenceWhatLivesInWindowsOnly) {
  for (const char* kind : {"flow", "ratio", "duration"}) {
    EXPECT_TRUE(
        TheIndicator({{"kind", kind}, {"count_once_by", "reference"}}).count_once_by_reference);
    EXPECT_FALSE(TheIndicator({{"kind", kind}}).count_once_by_reference);
  }
  EXPECT_THAT(WithIndicators({Indicator({{"kind", "stock"}, {"count_once_by", "reference"}})}),
              ElementsAre(HasSubstr("'count_once_by' stands for flow, ratio and duration only; "
                                    "indicator 'users' is of kind stock")));
  EXPECT_THAT(WithIndicators({Indicator({{"kind", "flow"}, {"count_once_by", "member"}})}),
              ElementsAre(HasSubstr("'member' is nothing by which events are counted once; "
                                    "allowed: reference")));
}

TEST_F(CatalogueMistakes, ListsTheAllowedWordsAndTheNearest) {
  EXPECT_THAT(WithIndicators({Indicator({{"kind", "coverag"}})}),
              ElementsAre(AllOf(HasSubstr("'coverag' is no kind; allowed: flow, ratio, duration"),
                                HasSubstr("did you mean 'coverage'?"))));
  EXPECT_THAT(WithIndicators({Indicator({{"direction", "up"}})}),
              ElementsAre(HasSubstr("allowed: higher, lower, none")));
  EXPECT_THAT(WithIndicators({Indicator({{"cadence", "weekly"}})}),
              ElementsAre(HasSubstr("allowed: realtime, daily, monthly, quarterly, yearly")));
  EXPECT_THAT(WithIndicators({Indicator({{"reporters", "everyone"}})}),
              ElementsAre(HasSubstr("allowed: owner, all, or a list")));
}

TEST_F(CatalogueMistakes, RefusesReferencesToWhatIsNotThere) {
  EXPECT_THAT(
      WithIndicators(
          {Indicator(
               {{"owner", "sttt"}, {"members", "area"}, {"fed_by", "user"}, {"code", "users"}}),
           Indicator({{"code", "kinds"}, {"reporters", "[so, dng]"}})}),
      UnorderedElementsAre(HasSubstr("there is no department 'sttt'; did you mean 'stttt'?"),
                           HasSubstr("there is no member set 'area'; did you mean 'areas'?"),
                           HasSubstr("there is no indicator 'user'; did you mean 'users'?"),
                           HasSubstr("no department is of kind 'dng'; did you mean 'dang'?")));
}

TEST_F(CatalogueMistakes, WantsAnOwnerWhereTheOwnerReports) {
  EXPECT_THAT(WithIndicators({Indicator({{"owner", ""}})}),
              ElementsAre(HasSubstr("is reported by its owner, but has none")));
  EXPECT_THAT(WithIndicators({Indicator({{"owner", ""}, {"reporters", "all"}})}), IsEmpty());
}

TEST_F(CatalogueMistakes, RefusesFeedsInACircle) {
  EXPECT_THAT(WithIndicators({Indicator({{"fed_by", "users"}})}),
              ElementsAre(HasSubstr("'users' feeds itself")));
  EXPECT_THAT(WithIndicators({Indicator({{"code", "a"}, {"fed_by", "b"}}),
                              Indicator({{"code", "b"}, {"fed_by", "a"}}),
                              Indicator({{"code", "c"}, {"fed_by", "a"}})}),
              ElementsAre(HasSubstr("'a' feeds itself, through others"),
                          HasSubstr("'b' feeds itself, through others")));
}

TEST_F(CatalogueMistakes, RefusesAFeedOfAnotherKindOrUnit) {
  EXPECT_THAT(
      WithIndicators({Indicator({{"fed_by", "b"}}), Indicator({{"code", "b"}, {"kind", "ratio"}})}),
      ElementsAre(HasSubstr("is of kind coverage, but 'b', which feeds it, is of kind "
                            "ratio")));
  EXPECT_THAT(
      WithIndicators({Indicator({{"fed_by", "b"}}), Indicator({{"code", "b"}, {"unit", "share"}})}),
      ElementsAre(HasSubstr("has the unit percent")));
}

TEST_F(CatalogueMistakes, GivesEachKindTheBoundsThatItCannotLeave) {
  for (const char* kind : {"ratio", "coverage", "score", "worst"}) {
    EXPECT_EQ(TheIndicator({{"kind", kind}}).minimum, 0) << kind;
    EXPECT_EQ(TheIndicator({{"kind", kind}}).maximum, 1) << kind;
    EXPECT_EQ(TheIndicator({{"kind", kind}, {"unit", "index"}}).maximum, std::nullopt) << kind;
  }
  EXPECT_EQ(TheIndicator({{"kind", "reported"}}).minimum, std::nullopt);
  EXPECT_EQ(TheIndicator({{"kind", "reported"}}).maximum, std::nullopt);
  EXPECT_EQ(TheIndicator({{"kind", "flow"}, {"unit", "dossier"}}).minimum, 0);
  EXPECT_EQ(TheIndicator({{"kind", "stock"}, {"unit", "person"}}).minimum, 0);
  EXPECT_EQ(TheIndicator({{"kind", "duration"}, {"unit", "hour"}}).minimum, 0);
  EXPECT_EQ(TheIndicator({{"kind", "rank"}, {"unit", "rank"}}).minimum, 1);
}

TEST_F(CatalogueMistakes, TakesBoundsAsWrittenAndNoneForNone) {
  EXPECT_EQ(TheIndicator({{"minimum", "10.5%"}, {"maximum", "none"}}).minimum, 0.105);
  EXPECT_EQ(TheIndicator({{"minimum", "10.5%"}, {"maximum", "none"}}).maximum, std::nullopt);
  EXPECT_THAT(WithIndicators({Indicator({{"minimum", "60%"}, {"maximum", "50%"}})}),
              ElementsAre(HasSubstr("the minimum 60% is above the maximum 50%")));
  EXPECT_THAT(WithIndicators({Indicator({{"maximum", "50"}})}),
              ElementsAre(HasSubstr("'maximum': '50' has no '%'")));
}

// --- Targets ---

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
              ElementsAre(HasSubstr("'bsl' does not report 'users'")));
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
              ElementsAre(HasSubstr("the stretch 70% asks no more than the value 80%")));
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
              ElementsAre(HasSubstr("the deadline 2025 is not after the date of the baseline")));
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
              ElementsAre(HasSubstr("need a baseline and a deadline")));
  EXPECT_THAT(WithTargets({Target({{"baseline", baseline},
                                   {"trajectory", "maintain"},
                                   {"milestones", "[{date: 2024, value: 50%}]"}})}),
              ElementsAre(HasSubstr("maintain has no milestones")));
}

TEST_F(CatalogueMistakes, RefusesTwoTargetsOfOneDocumentForOneDeadline) {
  EXPECT_THAT(WithTargets({Target({}), Target({{"value", "90%"}})}),
              ElementsAre(AllOf(HasSubstr("from the same document"), HasSubstr("first at"))));
  EXPECT_THAT(WithTargets({Target({}), Target({{"document", "Plan 2"}})}),
              ElementsAre(HasSubstr("from a document of the same day")));
  EXPECT_THAT(WithTargets({Target({}), Target({{"scope", "stttt"}}), Target({{"deadline", "2030"}}),
                           Target({{"document", "Plan 2"}, {"document_date", "2025-01-01"}})}),
              IsEmpty());
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
