// What the loader refuses in catalogue files, one claim a test.

#include "config/catalogue_mistakes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace iocd::config {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

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

}  // namespace
}  // namespace iocd::config
