#include "domain/period_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

enum : std::size_t { kHealth, kLabour };  // departments
enum : std::size_t {
  kReceived,       // flow of all, monthly, civil
  kAdminReceived,  // the same in the administration's calendar
  kFed,            // of the owner, civil, fed by kAdminReceived
  kOverdue,        // stock of all
  kFast,           // flow of all, realtime
};

CatalogueData Data() {
  CatalogueData data;
  data.working_days = Spring2024();
  data.departments.resize(2);
  for (std::size_t i = 0; i < 2; ++i) {
    data.departments[i].code = absl::StrCat("d", i);
    data.departments[i].id = DepartmentId{static_cast<std::uint32_t>(i)};
  }
  const auto add = [&data](Kind kind) -> Indicator& {
    Indicator& indicator = data.indicators.emplace_back();
    indicator.code = absl::StrCat("i", data.indicators.size());
    indicator.kind = kind;
    indicator.reporters = Reporters::kAll;
    indicator.id = IndicatorId{static_cast<std::uint32_t>(data.indicators.size())};
    return indicator;
  };
  add(Kind::kFlow);
  add(Kind::kFlow).calendar = CalendarKind::kAdmin;
  Indicator& fed = add(Kind::kFlow);
  fed.reporters = Reporters::kOwner;
  fed.owner = kLabour;
  fed.fed_by = kAdminReceived;
  add(Kind::kStock);
  add(Kind::kFlow).due = DefaultDueRule(Cadence::kRealtime);
  return data;
}

class PeriodFiguresTest : public testing::Test, public SeriesSource {
 protected:
  const Series* Find(const SeriesKey& key) const override {
    const auto found = series_.find(std::tuple(key.department, key.indicator));
    return found == series_.end() ? nullptr : &found->second;
  }

  /// Noon of that day.
  void Send(std::size_t department, std::size_t indicator, const char* day, double value) {
    const Indicator& of = catalogue_.data().indicators[indicator];
    Event event;
    event.time = At(day, 12, 0);
    event.first = value;
    const auto key = std::tuple(catalogue_.data().departments[department].id, of.id);
    series_.try_emplace(key, of.kind).first->second.Apply(event, event.time);
  }

  std::vector<PeriodFigure> Figures(std::size_t indicator, Timestamp now,
                                    std::optional<std::size_t> department = std::nullopt) const {
    return PeriodFiguresOf({catalogue_, *this, now}, department, indicator);
  }

  /// "month 2024-05 current 3 open", one for each figure.
  std::vector<std::string> Texts(std::size_t indicator, Timestamp now,
                                 std::optional<std::size_t> department = std::nullopt) const {
    std::vector<std::string> texts;
    for (const PeriodFigure& figure : Figures(indicator, now, department)) {
      texts.push_back(absl::StrCat(PeriodKindName(figure.period.kind), " ", figure.period.ToText(),
                                   " ", WhichPeriodName(figure.which), " ",
                                   figure.combined.value.value_or(-1), " ",
                                   PeriodStateName(figure.state)));
    }
    return texts;
  }

  Catalogue catalogue_{Data()};
  std::map<std::tuple<DepartmentId, IndicatorId>, Series> series_;
};

TEST_F(PeriodFiguresTest, NothingIsShownOfAnIndicatorWithoutEvents) {
  EXPECT_THAT(Texts(kReceived, At("2024-05-15", 9, 0)), IsEmpty());
}

TEST_F(PeriodFiguresTest, ShowsThePresentPeriodTheOneBeforeAndTheSameOneLastYear) {
  Send(kHealth, kReceived, "2023-05-15", 1);
  Send(kHealth, kReceived, "2023-05-16", 2);
  Send(kHealth, kReceived, "2024-02-01", 4);
  Send(kHealth, kReceived, "2024-04-30", 8);
  Send(kHealth, kReceived, "2024-05-14", 16);
  Send(kHealth, kReceived, "2024-05-15", 32);
  EXPECT_THAT(
      Texts(kReceived, At("2024-05-15", 18, 0), kHealth),
      ElementsAre("day 2024-05-15 current 32 open", "day 2024-05-14 last 16 provisional",
                  "day 2023-05-15 same_last_year 1 closed", "month 2024-05 current 48 open",
                  "month 2024-04 last 8 provisional", "month 2023-05 same_last_year 3 closed",
                  "quarter 2024-Q2 current 56 open", "quarter 2024-Q1 last 4 closed",
                  "quarter 2023-Q2 same_last_year 3 closed", "year 2024 current 60 open",
                  "year 2023 last 3 closed", "year 2023 same_last_year 3 closed"));
}

TEST_F(PeriodFiguresTest, ShowsNoPeriodThatHasNoValue) {
  Send(kHealth, kReceived, "2024-04-30", 8);
  EXPECT_THAT(Texts(kReceived, At("2024-05-15", 18, 0)),
              ElementsAre("month 2024-04 last 8 provisional", "quarter 2024-Q2 current 8 open",
                          "year 2024 current 8 open"));
}

TEST_F(PeriodFiguresTest, ChangesWithTheMidnightThatEndsAPeriod) {
  Send(kHealth, kReceived, "2024-03-31", 8);
  const Timestamp midnight = Day("2024-04-01").Start();
  EXPECT_THAT(Texts(kReceived, {midnight.nanos - 1}),
              ElementsAre("day 2024-03-31 current 8 open", "month 2024-03 current 8 open",
                          "quarter 2024-Q1 current 8 open", "year 2024 current 8 open"));
  EXPECT_THAT(Texts(kReceived, midnight),
              ElementsAre("day 2024-03-31 last 8 provisional", "month 2024-03 last 8 provisional",
                          "quarter 2024-Q1 last 8 provisional", "year 2024 current 8 open"));
}

TEST_F(PeriodFiguresTest, FollowTheIndicatorsCalendar) {
  Send(kHealth, kAdminReceived, "2024-12-14", 1);
  Send(kHealth, kAdminReceived, "2024-12-15", 2);
  EXPECT_THAT(Texts(kAdminReceived, At("2024-12-20", 9, 0)),
              ElementsAre("month 2025-01 current 2 open", "month 2024-12 last 1 provisional",
                          "quarter 2025-Q1 current 2 open", "quarter 2024-Q4 last 1 provisional",
                          "year 2025 current 2 open", "year 2024 last 1 provisional",
                          "year 2024 same_last_year 1 provisional"));
}

// Its own calendar is the civil one; what is shown is the roll-up of the other.
TEST_F(PeriodFiguresTest, OfAnIndicatorFedByAnotherFollowThatOthersCalendar) {
  Send(kHealth, kAdminReceived, "2024-12-15", 2);
  Send(kLabour, kAdminReceived, "2024-12-16", 5);
  EXPECT_THAT(Texts(kFed, At("2024-12-20", 9, 0)),
              ElementsAre("month 2025-01 current 7 open", "quarter 2025-Q1 current 7 open",
                          "year 2025 current 7 open"));
}

// April 2024, monthly: due on the 5th working day, 7 May, since Saturday 4 May is worked; two days
// of grace until the 9th, ten late ones until the 23rd.
TEST_F(PeriodFiguresTest, CloseByTheIndicatorsDueRule) {
  Send(kHealth, kReceived, "2024-04-20", 8);
  Send(kHealth, kFast, "2024-04-20", 8);
  const auto state_of_april = [&](std::size_t indicator, Timestamp now) {
    for (const PeriodFigure& figure : Figures(indicator, now)) {
      if (figure.period == Named("2024-04")) return PeriodStateName(figure.state);
    }
    return absl::string_view("not shown");
  };
  const Timestamp closes = Day("2024-05-24").Start();
  EXPECT_EQ(state_of_april(kReceived, {closes.nanos - 1}), "provisional");
  EXPECT_EQ(state_of_april(kReceived, closes), "closed");
  EXPECT_EQ(state_of_april(kFast, At("2024-05-01", 9, 0)), "provisional");
  EXPECT_EQ(state_of_april(kFast, At("2024-05-06", 9, 0)), "closed");
}

TEST_F(PeriodFiguresTest, ALateEventChangesTheValueOfAClosedPeriodWhichStaysClosed) {
  Send(kHealth, kReceived, "2023-05-15", 1);
  Send(kHealth, kReceived, "2024-05-15", 1);
  Send(kHealth, kReceived, "2023-05-20", 30);
  const std::vector<std::string> texts = Texts(kReceived, At("2024-05-15", 18, 0));
  EXPECT_THAT(texts, ::testing::Contains("month 2023-05 same_last_year 31 closed"));
}

TEST_F(PeriodFiguresTest, TheProvinceCombinesThoseThatHaveAValueInThePeriod) {
  Send(kHealth, kReceived, "2024-05-14", 3);
  Send(kLabour, kReceived, "2024-04-14", 4);
  const std::vector<PeriodFigure> figures = Figures(kReceived, At("2024-05-15", 9, 0));
  ASSERT_EQ(figures.size(), 5u);
  EXPECT_EQ(figures[1].period, Named("2024-05"));
  EXPECT_EQ(figures[1].combined.value, 3);
  EXPECT_EQ(figures[1].combined.MembersRatio(), 0.5);
  EXPECT_EQ(figures[3].period, Named("2024-Q2"));
  EXPECT_EQ(figures[3].combined.value, 7);
  EXPECT_EQ(figures[3].combined.MembersRatio(), 1);
}

TEST_F(PeriodFiguresTest, ALatestValueIsNotThatOfAPeriodInWhichNothingCame) {
  Send(kHealth, kOverdue, "2024-04-14", 4);
  EXPECT_THAT(Texts(kOverdue, At("2024-05-15", 9, 0), kHealth),
              ElementsAre("month 2024-04 last 4 provisional", "quarter 2024-Q2 current 4 open",
                          "year 2024 current 4 open"));
}

TEST_F(PeriodFiguresTest, TheLeapDayIsComparedWithThe28th) {
  Send(kHealth, kReceived, "2023-02-28", 3);
  const std::vector<std::string> texts = Texts(kReceived, At("2024-02-29", 9, 0));
  EXPECT_THAT(texts, ::testing::Contains("day 2023-02-28 same_last_year 3 closed"));
}

TEST(PeriodNamesTest, AreTheOnesThatAreShown) {
  EXPECT_EQ(WhichPeriodName(WhichPeriod::kSameLastYear), "same_last_year");
  std::vector<std::string> names;
  for (const PeriodKind kind : kShownPeriods) names.emplace_back(PeriodKindName(kind));
  EXPECT_THAT(names, ElementsAre("day", "month", "quarter", "year"));
  EXPECT_EQ(PeriodKindName(PeriodKind::kNineMonths), "nine_months");
}

}  // namespace
}  // namespace iocd::domain
