// Every period of a series holds what going through all of its events gives: the definition, not an
// implementation of it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "domain/series.h"
#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

constexpr Kind kAllKinds[] = {Kind::kFlow,  Kind::kRatio,    Kind::kDuration,
                              Kind::kStock, Kind::kCoverage, Kind::kScore,
                              Kind::kRank,  Kind::kReported, Kind::kWorst};
constexpr CalendarKind kCalendars[] = {CalendarKind::kCivil, CalendarKind::kAdmin};
constexpr PeriodKind kPeriodKinds[] = {
    PeriodKind::kDay,  PeriodKind::kWeek,       PeriodKind::kMonth, PeriodKind::kQuarter,
    PeriodKind::kHalf, PeriodKind::kNineMonths, PeriodKind::kYear};

struct Arrived {
  Event event;
  Timestamp arrival;
};

/// Events over some sixteen years about a clock that moves on in small steps and in leaps: on time,
/// late, out of order, on the last nanosecond of a half month and on the first.
class Feed {
 public:
  Feed(Kind kind, std::uint64_t seed) : kind_(kind), random_(seed) {}

  Arrived Next() {
    const std::int64_t leaps[] = {60, 86'400, 10 * 86'400, 40 * 86'400};
    now_ = now_ + Seconds(leaps[random_() % 4]);
    Arrived next;
    next.arrival = now_;
    const std::int64_t lateness[] = {60, 3 * 86'400, 30 * 86'400, 30 * 86'400,
                                     // only of the kinds that keep the latest
                                     800 * 86'400, std::int64_t{14} * 366 * 86'400};
    next.event.time = now_ - Seconds(lateness[random_() % (IsWindowed(kind_) ? 4 : 6)]);
    if (random_() % 4 == 0) next.event.time = BoundNear(next.event.time);
    // Sums of dyadic numbers of this size are exact in any order.
    next.event.first = std::ldexp(static_cast<double>(random_() % 1'000'000), -5);
    next.event.second = static_cast<double>(1 + random_() % 1'000);
    next.event.has_second = random_() % 2 == 0;
    return next;
  }

 private:
  Duration Seconds(std::int64_t below) {
    return Duration::Seconds(
        static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(below)));
  }
  Timestamp BoundNear(Timestamp time) {
    const CalendarKind calendar = kCalendars[random_() % 2];
    const Period month = *Period::Containing(PeriodKind::kMonth, calendar, time);
    return {month.Start().Start().nanos - static_cast<std::int64_t>(random_() % 2)};
  }

  Kind kind_;
  std::mt19937_64 random_;
  Timestamp now_ = At("2010-01-10", 9, 0);
};

/// Twelve years before the half month of that day, to the day.
CivilDate TwelveYearsBefore(CivilDate date) {
  const std::string text = date.ToText();
  const bool second_half = std::stoi(text.substr(8)) >= 15;
  return CivilDate::FromYearMonthDay(std::stoi(text) - 12, std::stoi(text.substr(5, 2)),
                                     second_half ? 15 : 1);
}

/// Whether all of the period is younger than what was forgotten when `newest` was the newest day.
bool IsKept(const Period& period, CivilDate newest) {
  const bool of_days = period.kind == PeriodKind::kDay || period.kind == PeriodKind::kWeek;
  return of_days ? period.Start().days > newest.days - 800
                 : period.Start() > TwelveYearsBefore(newest);
}

struct Expected {
  Aggregate aggregate;
  Timestamp first_arrival;
};

void Add(Kind kind, const Arrived& arrived, Expected* expected) {
  Aggregate& sum = expected->aggregate;
  const Event& event = arrived.event;
  const bool first = sum.events == 0;
  if (first) expected->first_arrival = arrived.arrival;
  if (!IsWindowed(kind)) {
    if (!first && event.time < sum.time) return;
    sum.events = 1;
    sum.first = event.first;
    sum.second = event.second;
    sum.time = event.time;
    sum.has_second = event.has_second || kind == Kind::kScore;
    return;
  }
  ++sum.events;
  sum.first += event.first;
  if (kind == Kind::kRatio) {
    sum.second += event.second;
    sum.has_second = true;
  }
  if (kind == Kind::kDuration) {
    sum.min = first ? event.first : std::min(sum.min, event.first);
    sum.max = first ? event.first : std::max(sum.max, event.first);
  }
}

void ExpectEqual(const Aggregate& actual, const Aggregate& expected) {
  EXPECT_EQ(actual.events, expected.events);
  EXPECT_EQ(actual.first, expected.first);
  EXPECT_EQ(actual.second, expected.second);
  EXPECT_EQ(actual.has_second, expected.has_second);
  EXPECT_EQ(actual.min, expected.min);
  EXPECT_EQ(actual.max, expected.max);
  EXPECT_EQ(actual.time, expected.time);
}

/// Holds every period of that kind against all events: those that had one, and those between.
void Compare(const Series& series, const std::vector<Arrived>& events, PeriodKind period_kind,
             CalendarKind calendar) {
  Timestamp newest{std::numeric_limits<std::int64_t>::min()};
  Timestamp oldest{std::numeric_limits<std::int64_t>::max()};
  std::map<std::int64_t, Expected> expected;
  for (const Arrived& arrived : events) {
    // A latest value of the midnight that ends a year is that year's.
    const CivilDate date = CivilDate::Containing(arrived.event.time);
    const bool ends_a_year = !IsWindowed(series.kind()) && arrived.event.time == date.Start() &&
                             date.ToText().ends_with("-01-01");
    const Timestamp inside = arrived.event.time - Duration{ends_a_year ? 1 : 0};
    newest = std::max(newest, inside);
    oldest = std::min(oldest, inside);
    const auto period = Period::Containing(period_kind, calendar, inside);
    if (period) Add(series.kind(), arrived, &expected[period->ordinal]);
  }
  const CivilDate last = CivilDate::Containing(newest);
  CivilDate from = CivilDate::Containing(oldest);
  from.days -= 800;
  // Of nine months the last three lie in none: those of the year before.
  Period period =
      Period::Containing(period_kind, calendar, from)
          .value_or(Period{period_kind, calendar,
                           Period::Containing(PeriodKind::kYear, calendar, from)->ordinal});
  for (; period.Start().days <= last.days + 400; period = period.Next()) {
    const auto found = expected.find(period.ordinal);
    const bool has_value = found != expected.end() && IsKept(period, last);
    SCOPED_TRACE(period.ToText());
    ExpectEqual(series.periods().In(period), has_value ? found->second.aggregate : Aggregate());
    EXPECT_EQ(series.periods().FirstArrivalIn(period),
              has_value ? std::optional(found->second.first_arrival) : std::nullopt);
    if (testing::Test::HasFailure()) return;
  }
}

class SeriesPeriodsTest : public testing::TestWithParam<Kind> {};

TEST_P(SeriesPeriodsTest, EveryPeriodEqualsBruteForceOverItsEvents) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    Feed feed(GetParam(), seed);
    Series series(GetParam());
    std::vector<Arrived> events;
    for (const int more : {1, 40, 400, 500}) {
      for (int i = 0; i < more; ++i) {
        events.push_back(feed.Next());
        series.Apply(events.back().event, events.back().arrival);
      }
      for (const CalendarKind calendar : kCalendars) {
        for (const PeriodKind kind : kPeriodKinds) {
          SCOPED_TRACE(testing::Message() << "seed " << seed << ", " << CalendarName(calendar));
          ASSERT_NO_FATAL_FAILURE(Compare(series, events, kind, calendar));
          if (HasFailure()) return;
        }
      }
    }
  }
}

TEST_P(SeriesPeriodsTest, GoOnEqualAfterTheyWereWrittenAndReadBack) {
  Feed feed(GetParam(), 99);
  Series series(GetParam());
  std::vector<Arrived> events;
  for (int i = 0; i < 900; ++i) {
    events.push_back(feed.Next());
    series.Apply(events.back().event, events.back().arrival);
    if (i % 30 != 0) continue;
    std::string bytes;
    series.EncodeTo(&bytes);
    Reader reader(bytes);
    std::optional<Series> read = Series::Decode(reader);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->LastArrival(), events.back().arrival);
    series = *std::move(read);
  }
  for (const CalendarKind calendar : kCalendars) {
    for (const PeriodKind kind : kPeriodKinds) Compare(series, events, kind, calendar);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, SeriesPeriodsTest, testing::ValuesIn(kAllKinds),
                         [](const auto& suite) { return std::string(KindName(suite.param)); });

// Cuts the periods off a series' written form, as daemons wrote it that kept none.
std::string WithoutPeriods(const Series& series) {
  std::string bytes, periods;
  series.EncodeTo(&bytes);
  series.periods().EncodeTo(&periods);
  return bytes.substr(0, bytes.size() - periods.size() - 9);  // and the last arrival
}

TEST(SeriesWithoutPeriodsTest, BeginsThemWithWhatIsAppliedNext) {
  for (const Kind kind : {Kind::kFlow, Kind::kStock}) {
    Series old(kind);
    Event event;
    event.time = At("2024-03-01", 9, 0);
    event.first = 3;
    old.Apply(event, event.time);
    const std::string bytes = WithoutPeriods(old);
    Reader reader(bytes);
    std::optional<Series> series = Series::Decode(reader, SeriesForm::kWithoutPeriods);
    ASSERT_TRUE(series);
    EXPECT_TRUE(reader.rest().empty());
    EXPECT_EQ(series->LastEventTime(), event.time);
    EXPECT_FALSE(series->LastArrival());
    EXPECT_FALSE(series->periods().In(Named("2024-03")).HasValue());

    std::string written;
    series->EncodeTo(&written);
    Reader again(written);
    ASSERT_TRUE(Series::Decode(again)) << "without periods it is written like any other";

    event.time = At("2024-03-02", 9, 0);
    event.first = 4;
    series->Apply(event, event.time);
    EXPECT_EQ(series->periods().In(Named("2024-03")).first, 4);
    EXPECT_EQ(series->periods().FirstArrivalIn(Named("2024-03")), event.time);
  }
}

TEST(SeriesWithoutPeriodsTest, ASeriesThatKeepsThemRefusesALastArrivalWithoutThem) {
  Series series(Kind::kStock);
  Event event;
  event.time = At("2024-03-01", 9, 0);
  series.Apply(event, event.time);
  std::string bytes = WithoutPeriods(series);
  Put<std::uint8_t>(&bytes, 1);
  Put<std::int64_t>(&bytes, event.time.nanos);
  PeriodHistory(Kind::kStock).EncodeTo(&bytes);
  Reader reader(bytes);
  EXPECT_FALSE(Series::Decode(reader));
}

}  // namespace
}  // namespace iocd::domain
