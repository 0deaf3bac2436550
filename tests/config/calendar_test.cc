// What catalogue files say of working days, calendars and due rules, one claim a test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "config/changes.h"
#include "config/config_files.h"

namespace iocd::config {
namespace {

using domain::CivilDate;
using domain::DueDay;
using domain::DueRule;
using domain::WorkingDays;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRoster[] = R"(territory: {code: here, name_vi: Đây, name_en: Here}
departments:
  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}
)";

constexpr char kTet[] = R"(calendar:
  holidays:
    - {from: 2024-02-08, to: 2024-02-14, name_vi: Tết, name_en: Lunar New Year, source: Notice 1}
    - {date: 2024-04-29, name_vi: Nghỉ bù, name_en: Swapped}
  worked:
    - {date: 2024-05-04, source: Notice 2}
  working_hours: [08:00-12:00, 13:00-24:00]
)";

CivilDate Day(const char* text) { return domain::ParseDate(text).value(); }

class CalendarConfiguration : public ConfigFiles {
 protected:
  static std::string Indicator(const std::string& cadence, const std::string& more) {
    return absl::StrCat(
        "indicators:\n  - {code: users, name_vi: N, name_en: N, kind: coverage, unit: percent, "
        "direction: higher, owner: stttt, cadence: ",
        cadence, more.empty() ? "" : ", ", more, "}\n");
  }

  WorkingDays Calendar(const std::string& calendar) {
    return Good(kRoster + calendar).catalogue.data().working_days;
  }
  std::vector<std::string> CalendarMistakes(const std::string& calendar) {
    return MistakesOf(absl::StrCat(kRoster, "calendar:\n", calendar));
  }

  domain::Indicator TheIndicator(const std::string& cadence, const std::string& more) {
    return Good(kRoster + Indicator(cadence, more)).catalogue.data().indicators.at(0);
  }
  std::vector<std::string> IndicatorMistakes(const std::string& cadence, const std::string& more) {
    return MistakesOf(kRoster + Indicator(cadence, more));
  }

  std::vector<std::string> Changes(const std::string& before, const std::string& after) {
    return CatalogueChanges(Good(kRoster + before).catalogue.data(),
                            Good(kRoster + after).catalogue.data());
  }
};

// --- Working days ---

TEST_F(CalendarConfiguration, ReadsACalendarWholly) {
  const WorkingDays days = Calendar(kTet);
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-02-08")));
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-02-14")));
  EXPECT_TRUE(days.IsWorkingDay(Day("2024-02-15")));
  EXPECT_FALSE(days.IsWorkingDay(Day("2024-04-29")));
  EXPECT_TRUE(days.IsWorkingDay(Day("2024-05-04")));
  ASSERT_THAT(days.data().holidays, SizeIs(2));
  EXPECT_EQ(days.data().holidays[0].name_vi, "Tết");
  EXPECT_EQ(days.data().holidays[0].name_en, "Lunar New Year");
  ASSERT_THAT(days.data().hours, SizeIs(2));
  EXPECT_EQ(days.data().hours[0].from, Duration::Seconds(8 * 3'600));
  EXPECT_EQ(days.data().hours[1].to, Duration::Days(1));
}

TEST_F(CalendarConfiguration, WithoutACalendarMondayToFridayAreWorkedInTheUsualHours) {
  const WorkingDays days = Calendar("");
  EXPECT_TRUE(days.IsWorkingDay(Day("2024-02-08")));
  ASSERT_THAT(days.data().hours, SizeIs(2));
  EXPECT_EQ(days.data().hours[1].to, Duration::Seconds(17 * 3'600));
}

TEST_F(CalendarConfiguration, MergesTheCalendarsOfSeveralFiles) {
  Write("more.yaml", "calendar:\n  holidays: [{date: 2024-12-24, name_vi: N, name_en: N}]\n");
  const std::string main = "catalogue: [cat.yaml, more.yaml]\n";
  EXPECT_THAT(MistakesOf(absl::StrCat(kRoster, kTet), main), IsEmpty());
  Write("more.yaml", "calendar:\n  working_hours: [08:00-12:00]\n");
  EXPECT_THAT(
      MistakesOf(absl::StrCat(kRoster, kTet), main),
      ElementsAre(HasSubstr("working hours are given a second time; first at cat.yaml:10")));
}

TEST_F(CalendarConfiguration, RefusesHolidaysWithoutDaysOrNames) {
  EXPECT_THAT(
      CalendarMistakes("  holidays:\n"
                       "    - {name_vi: N, name_en: N}\n"
                       "    - {date: 2024-01-01, to: 2024-01-02, name_vi: N, name_en: N}\n"
                       "    - {from: 2024-01-01, name_vi: N, name_en: N}\n"
                       "    - {date: 1 Jan, name_vi: N, name_en: N}\n"
                       "    - {date: 2024-01-01, name_vi: N}\n"
                       "    - {date: 2024-01-03, name_vi: N, name_en: N, lunar: yes}\n"),
      ElementsAre("cat.yaml:6:7: a holiday has either a date, or from and to, its first and "
                  "last day",
                  HasSubstr("cat.yaml:7:7: a holiday has either a date"),
                  HasSubstr("cat.yaml:8:7: a holiday lacks the key 'to'"),
                  HasSubstr("'1 Jan' is no date; write a day as 2025-01-27"),
                  HasSubstr("a holiday lacks the key 'name_en'"),
                  HasSubstr("unknown key 'lunar' in a holiday")));
}

TEST_F(CalendarConfiguration, RefusesHolidaysThatEndEarlyLastLongOrOverlap) {
  EXPECT_THAT(
      CalendarMistakes("  holidays:\n"
                       "    - {from: 2024-02-14, to: 2024-02-08, name_vi: N, name_en: N}\n"
                       "    - {from: 2024-02-08, to: 2025-02-14, name_vi: N, name_en: N}\n"
                       "    - {from: 2024-09-01, to: 2024-09-03, name_vi: N, name_en: N}\n"
                       "    - {from: 2024-09-03, to: 2024-09-04, name_vi: N, name_en: N}\n"),
      ElementsAre(HasSubstr("ends on 2024-02-08, before it begins on 2024-02-14"),
                  HasSubstr("has 373 days; at most 31 are allowed"),
                  "cat.yaml:9:7: 2024-09-03 is in a holiday twice; first at cat.yaml:8:7"));
}

TEST_F(CalendarConfiguration, RefusesSwapDaysThatAreNone) {
  EXPECT_THAT(
      CalendarMistakes("  holidays: [{from: 2024-02-08, to: 2024-02-14, name_vi: N, name_en: N}]\n"
                       "  worked:\n    - {date: 2024-05-03}\n    - {date: 2024-02-10}\n"
                       "    - {date: 2024-05-04}\n    - {date: 2024-05-04}\n    - {date: May}\n"),
      ElementsAre(HasSubstr("2024-05-03 is no Saturday or Sunday"),
                  HasSubstr("2024-02-10 is worked, but in the holiday at cat.yaml:5:14"),
                  HasSubstr("2024-05-04 is worked twice; first at cat.yaml:9:7"),
                  HasSubstr("'May' is no date")));
}

TEST_F(CalendarConfiguration, RefusesWorkingHoursThatAreNone) {
  for (const char* hours :
       {"7:30-11:30", "07:30", "11:30-07:30", "08:00-08:00", "08:00-24:01", "08:00-09:00-10:00"}) {
    EXPECT_THAT(CalendarMistakes(absl::StrCat("  working_hours: [", hours, "]\n")),
                ElementsAre(HasSubstr("are no working hours; write from and to")))
        << hours;
  }
  EXPECT_THAT(CalendarMistakes("  working_hours: [13:30-17:00, 07:30-11:30]\n"),
              ElementsAre(HasSubstr("'07:30-11:30' begins before 17:00")));
  EXPECT_THAT(CalendarMistakes("  working_hours: []\n"), ElementsAre(HasSubstr("an empty list")));
}

// --- Calendars and due rules of indicators ---

TEST_F(CalendarConfiguration, GivesAnIndicatorTheCivilCalendarAndTheRuleOfItsCadence) {
  const domain::Indicator indicator = TheIndicator("quarterly", "");
  EXPECT_EQ(indicator.calendar, domain::CalendarKind::kCivil);
  EXPECT_EQ(indicator.due, domain::DefaultDueRule(domain::Cadence::kQuarterly));
  EXPECT_EQ(TheIndicator("daily", "calendar: admin").calendar, domain::CalendarKind::kAdmin);
  EXPECT_THAT(IndicatorMistakes("daily", "calendar: admn"),
              ElementsAre(HasSubstr("'admn' is no calendar; allowed: civil, admin; did you mean "
                                    "'admin'?")));
}

TEST_F(CalendarConfiguration, ReadsADueRuleOverTheDefault) {
  const DueRule rule =
      TheIndicator("monthly", "due: {day: 20, by: 10:30, grace_days: 0, late_days: 3}").due;
  EXPECT_EQ(rule.day, (DueDay{DueDay::Sort::kOfMonth, 20}));
  EXPECT_EQ(rule.by, Duration::Seconds(10 * 3'600 + 1'800));
  EXPECT_EQ(rule.grace_days, 0);
  EXPECT_EQ(rule.late_days, 3);
  EXPECT_EQ(TheIndicator("yearly", "due: {day: last}").due.day.sort, DueDay::Sort::kEndOfMonth);
  EXPECT_EQ(TheIndicator("yearly", "due: {day: last}").due.late_days, 60);
  EXPECT_EQ(TheIndicator("yearly", "due: {working_days: 7}").due.day,
            (DueDay{DueDay::Sort::kWorkingDays, 7}));
  EXPECT_EQ(TheIndicator("realtime", "due: {max_silence_minutes: 30}").due.max_silence,
            Duration::Seconds(1'800));
}

TEST_F(CalendarConfiguration, RefusesDueRulesThatCannotBeKept) {
  EXPECT_THAT(IndicatorMistakes("monthly", "due: {day: 31}"),
              ElementsAre(HasSubstr("'31' is no due day; allowed: 1 to 28, which every month has, "
                                    "or last")));
  EXPECT_THAT(IndicatorMistakes("monthly", "due: {day: 5, working_days: 5}"),
              ElementsAre(HasSubstr("has both a day and working_days; give one")));
  EXPECT_THAT(
      IndicatorMistakes("monthly",
                        "due: {working_days: 0, by: 5pm, grace_days: 61, late_days: 1.5}"),
      ElementsAre(HasSubstr("'working_days' is '0'; a whole number from 1 to 60 is allowed"),
                  HasSubstr("'5pm' is no time of day; write 17:00"),
                  HasSubstr("'grace_days' is '61'; a whole number from 0 to 60"),
                  HasSubstr("'late_days' is '1.5'; a whole number from 0 to 250")));
}

TEST_F(CalendarConfiguration, HoldsADueRuleToItsCadence) {
  EXPECT_THAT(IndicatorMistakes("daily", "due: {day: 5}"),
              ElementsAre(HasSubstr("unknown key 'day' in 'due' of the cadence daily; allowed: by, "
                                    "grace_days, late_days")));
  EXPECT_THAT(IndicatorMistakes("realtime", "due: {by: 17:00}"),
              ElementsAre(HasSubstr("allowed: max_silence_minutes, late_days")));
  EXPECT_THAT(IndicatorMistakes("monthly", "due: {max_silence_minutes: 5}"),
              ElementsAre(HasSubstr("allowed: day, working_days, by, grace_days, late_days")));
  EXPECT_THAT(IndicatorMistakes("monthly", "due: last"),
              ElementsAre(HasSubstr("must be a map with the keys day, working_days")));
  // What is wrong with the cadence alone is no mistake of the rule.
  EXPECT_THAT(IndicatorMistakes("weekly", "due: {max_silence_minutes: 5}"),
              ElementsAre(HasSubstr("'weekly' is no cadence")));
}

TEST_F(CalendarConfiguration, AYearAsDeadlineEndsWithTheIndicatorsCalendar) {
  const auto deadline = [&](const char* calendar, const char* text) {
    const std::string target = absl::StrCat(
        "targets:\n  - {indicator: users, operator: '>=', value: 80%, deadline: ", text,
        ", document: QĐ 1, document_date: 2024-05-04}\n");
    return Good(absl::StrCat(kRoster, Indicator("monthly", calendar), target))
        .catalogue.data()
        .targets.at(0)
        .terms.deadline->ToText();
  };
  EXPECT_EQ(deadline("", "2025"), "2026-01-01");
  EXPECT_EQ(deadline("calendar: admin", "2025"), "2025-12-15");
  EXPECT_EQ(deadline("calendar: admin", "2025-07-01"), "2025-07-01");
}

// --- Reload ---

TEST_F(CalendarConfiguration, ChangesOfTheCalendarAreNamed) {
  const auto change = [&](absl::string_view before, absl::string_view after) {
    return Changes(kTet, absl::StrReplaceAll(kTet, {{before, after}}));
  };
  EXPECT_THAT(change("source: Notice 1", "source: Notice 3"), IsEmpty());
  EXPECT_THAT(change("name_vi: Tết", "name_vi: Tết Nguyên đán"),
              ElementsAre("holiday 2024-02-08 to 2024-02-14: name_vi is 'Tết Nguyên đán', was "
                          "'Tết'"));
  EXPECT_THAT(change("2024-04-29", "2024-04-30"),
              ElementsAre("holiday 2024-04-30 is new", "holiday 2024-04-29 is gone"));
  EXPECT_THAT(change("2024-05-04", "2024-05-11"),
              ElementsAre("day that is worked 2024-05-11 is new",
                          "day that is worked 2024-05-04 is "
                          "gone"));
  EXPECT_THAT(change(", 13:00-24:00", ""), ElementsAre("calendar: working_hours is [08:00-12:00], "
                                                       "was [08:00-12:00, 13:00-24:00]"));
}

TEST_F(CalendarConfiguration, ChangesOfADueRuleAreNamedWithTheWholeRule) {
  const auto change = [&](const char* cadence, const char* more) {
    return Changes(Indicator(cadence, ""), Indicator(cadence, more));
  };
  EXPECT_THAT(change("monthly", "calendar: admin"),
              ElementsAre("indicator 'users': calendar is admin, was civil"));
  EXPECT_THAT(change("monthly", "due: {day: 20}"),
              ElementsAre("indicator 'users': due is {day: 20, by: 17:00, grace_days: 2, "
                          "late_days: 10}, was {working_days: 5, by: 17:00, grace_days: 2, "
                          "late_days: 10}: holds also for what was owed before"));
  EXPECT_THAT(change("monthly", "due: {day: last}"),
              ElementsAre(HasSubstr("due is {day: last, by: 17:00,")));
  EXPECT_THAT(change("daily", "due: {by: 16:00}"),
              ElementsAre(HasSubstr("due is {by: 16:00, grace_days: 0, late_days: 1}, was {by: ")));
  EXPECT_THAT(change("realtime", "due: {max_silence_minutes: 30}"),
              ElementsAre(HasSubstr("due is {max_silence_minutes: 30, late_days: 1}, was "
                                    "{max_silence_minutes: 120, late_days: 1}")));
}

}  // namespace
}  // namespace iocd::config
