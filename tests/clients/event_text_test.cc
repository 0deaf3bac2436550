#include "iocctl/event_text.h"

#include <string>

#include "gtest/gtest.h"
#include "iocctl/event_builder.h"
#include "iocctl/event_lines.h"

namespace iocctl {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

std::string Utc(absl::string_view text) {
  const auto time = ParseEventTime(text, kNow);
  return time.ok() ? absl::FormatTime(absl::RFC3339_sec, *time, absl::UTCTimeZone())
                   : std::string(time.status().message());
}

TEST(EventTimeTest, TakesRfc3339WithAnyOffset) {
  EXPECT_EQ(Utc("2024-05-04T08:00:00+07:00"), "2024-05-04T01:00:00+00:00");
  EXPECT_EQ(Utc("2024-05-04T08:00:00Z"), "2024-05-04T08:00:00+00:00");
}

TEST(EventTimeTest, TakesADayAsItsBeginningInTheProvince) {
  EXPECT_EQ(Utc("2024-05-04"), "2024-05-03T17:00:00+00:00");
}

TEST(EventTimeTest, TakesAYearAsItsEnd) { EXPECT_EQ(Utc("2024"), "2024-12-31T17:00:00+00:00"); }

TEST(EventTimeTest, TakesNow) { EXPECT_EQ(ParseEventTime("now", kNow).value(), kNow); }

TEST(EventTimeTest, RefusesAllElse) {
  for (const char* text : {"", "yesterday", "04/05/2024", "2024-13-01", "2024-02-30",
                           "2024-05-04T08:00:00", "2024-05-04 08:00:00", "infinite-future"}) {
    EXPECT_FALSE(ParseEventTime(text, kNow).ok()) << text;
  }
}

TEST(EventValueTest, ShiftsPercentAndNeverDivides) {
  EXPECT_EQ(ParseValue("47.82%", "percent").value(), 0.4782);
  EXPECT_EQ(ParseValue("48.56%", "percent").value(), 0.4856);
  EXPECT_EQ(ParseValue("100%", "percent").value(), 1.0);
}

TEST(EventValueTest, TakesAFractionForAPercent) {
  EXPECT_EQ(ParseValue("0.4782", "percent").value(), 0.4782);
}

TEST(EventValueTest, RefusesAPercentWithoutItsSign) {
  EXPECT_EQ(ParseValue("46.32", "percent").status().message(),
            "'46.32' for a percent: write 46.32%, or the fraction");
}

TEST(EventValueTest, RefusesASignWhereTheUnitIsNoPercent) {
  EXPECT_EQ(ParseValue("5%", "dossier").status().message(),
            "'5%' has a '%', but the unit is dossier");
}

TEST(EventValueTest, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "1,5", "nan", "inf", "0x10", "1 2"}) {
    EXPECT_FALSE(ParseValue(text, "dossier").ok()) << text;
  }
}

TEST(EventBuilderTest, TellsEveryMistakeAtOnce) {
  ioc::v1::Event event;
  const auto mistakes = BuildEvent(
      {.indicator = "i", .time = "soon", .numerator = "x", .denominator = "2", .weight = "w"}, "",
      kNow, event);
  EXPECT_EQ(mistakes.size(), 3u);
}

TEST(EventBuilderTest, WantsEitherAValueOrParts) {
  ioc::v1::Event event;
  EXPECT_EQ(BuildEvent({.indicator = "i", .time = "now"}, "", kNow, event).size(), 1u);
  EXPECT_EQ(
      BuildEvent({.indicator = "i", .time = "now", .value = "1", .numerator = "1"}, "", kNow, event)
          .size(),
      1u);
  EXPECT_EQ(BuildEvent({.indicator = "i", .time = "now", .numerator = "1"}, "", kNow, event).size(),
            1u);
}

TEST(EventLinesTest, ReadsJsonAndNamesEveryWrongLine) {
  const EventLines lines =
      ParseEventLines("events.jsonl",
                      "{\"indicator\":\"a\",\"value\":1}\n"
                      "\n"
                      "{\"indicatr\":\"b\"}\r\n"
                      "{\"indicator\":\"c\",\"eventTime\":\"2024-05-04T00:00:00Z\"}\n"
                      "not json\n");
  ASSERT_EQ(lines.events.size(), 2u);
  EXPECT_EQ(lines.events[0].value(), 1);
  EXPECT_EQ(lines.line_of[1], 4);
  ASSERT_EQ(lines.mistakes.size(), 2u);
  EXPECT_EQ(lines.mistakes[0].rfind("events.jsonl:3: ", 0), 0u) << lines.mistakes[0];
  EXPECT_EQ(lines.mistakes[1].rfind("events.jsonl:5: ", 0), 0u) << lines.mistakes[1];
}

}  // namespace
}  // namespace iocctl
