#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/brute_force.h"
#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using testing::BruteForce;
using testing::Expected;
using testing::SentEvent;

constexpr std::int64_t kNanos = 1'000'000'000;
constexpr Timestamp kBegin = Timestamp::FromSeconds(1'700'000'000);

// Sends random batches of every kind over four simulated months: late, ahead, out of order,
// repeated, with snapshots under way, and restarts by a lost power supply or after a clean stop in
// between; and holds every window and every calendar period against brute force.
class EnginePropertyTest : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override { ASSERT_TRUE(harness_.Start().ok()); }

  template <typename T>
  T Between(T low, T high) {
    return std::uniform_int_distribution<T>(low, high)(random_);
  }

  SentEvent RandomEvent() {
    static const char* const kDepartments[] = {"a", "b", "c", "outside"};
    static const char* const kIndicators[] = {"flow",  "ratio", "duration", "stock", "coverage",
                                              "score", "rank",  "reported", "worst"};
    SentEvent event;
    event.department = kDepartments[Between(0, 3)];
    event.indicator = kIndicators[Between(0, 8)];
    if (event.indicator == "stock") event.member = Between(0, 1) == 0 ? "north" : "south";
    // Mostly fresh, sometimes ahead, sometimes as late as is admitted.
    const std::int64_t ages[] = {Between<std::int64_t>(0, 60), Between<std::int64_t>(-60, 0),
                                 Between<std::int64_t>(0, 86'400),
                                 Between<std::int64_t>(0, 30 * 86'400)};
    event.time_nanos = now_ - ages[Between(0, 3)] * kNanos + Between<std::int64_t>(0, kNanos - 1);
    event.time_nanos = std::min(event.time_nanos, now_ + 60 * kNanos);
    event.arrival_nanos = now_;
    event.first = std::ldexp(static_cast<double>(Between(0, 1'000'000)), -Between(0, 10));
    if (HasTwoNumbers(event)) event.second = Between(1, 1'000);
    return event;
  }

  static bool HasTwoNumbers(const SentEvent& event) {
    return event.indicator == "ratio" || event.indicator == "coverage" ||
           event.indicator == "score";
  }

  Batch MakeBatch(std::uint64_t sequence, const std::vector<SentEvent>& sent) {
    std::vector<domain::Event> events;
    for (const SentEvent& one : sent) {
      domain::Event event;
      event.series = harness_.Key(one.department, one.indicator, one.member);
      event.time = {one.time_nanos};
      event.first = one.first;
      event.second = one.second;
      event.has_second = HasTwoNumbers(one);
      events.push_back(event);
    }
    return harness_.MakeBatch("p", sequence, events, {now_});
  }

  void SendRandomBatch() {
    std::vector<SentEvent> sent(static_cast<std::size_t>(Between(1, 12)));
    for (SentEvent& event : sent) event = RandomEvent();
    ++sequence_;
    const int copies = Between(0, 9) == 0 ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
      const auto answer = harness_.Push(MakeBatch(sequence_, sent));
      ASSERT_TRUE(answer.ok()) << answer.status();
      EXPECT_EQ(answer->duplicate, i > 0);
    }
    for (const SentEvent& event : sent) brute_force_.Add(event);
  }

  void CheckEverything() {
    harness_.engine().Read([&](const State& state) {
      for (const BruteForce::Name& name : brute_force_.Names()) {
        const auto& [department, indicator, member] = name;
        const domain::Series* series = state.Find(harness_.Key(department, indicator, member));
        ASSERT_NE(series, nullptr);
        if (domain::IsWindowed(series->kind())) {
          CheckWindows(name, *series);
        } else {
          CheckLatest(name, series->Latest());
        }
        CheckPeriods(name, *series);
      }
    });
  }

  void CheckWindows(const BruteForce::Name& name, const domain::Series& series) {
    for (const domain::Window window : domain::kAllWindows) {
      const domain::WindowSpec& spec = Spec(window);
      const Expected expected = brute_force_.InWindow(name, spec.length, spec.bucket, now_);
      const domain::Aggregate actual = series.InWindow(window, {now_});
      SCOPED_TRACE(std::string(spec.name) + " of " + std::get<1>(name));
      ASSERT_EQ(actual.events, expected.events);
      if (expected.events == 0) continue;
      // Sums of dyadic numbers of this size are exact in any order.
      EXPECT_EQ(actual.first, expected.first);
      if (series.kind() == domain::Kind::kRatio) {
        EXPECT_EQ(actual.second, expected.second);
      }
      if (series.kind() == domain::Kind::kDuration) CheckDistribution(actual, expected);
    }
  }

  // From before the oldest event that was admitted to after the newest; those without events too.
  void CheckPeriods(const BruteForce::Name& name, const domain::Series& series) {
    using domain::Period, domain::PeriodKind, domain::CalendarKind;
    for (const CalendarKind calendar : {CalendarKind::kCivil, CalendarKind::kAdmin}) {
      for (const PeriodKind kind : {PeriodKind::kDay, PeriodKind::kWeek, PeriodKind::kMonth,
                                    PeriodKind::kQuarter, PeriodKind::kHalf, PeriodKind::kYear}) {
        Period period = *Period::Containing(kind, calendar, kBegin - Duration::Days(35));
        const Timestamp end = Timestamp{now_} + Duration::Days(2);
        for (; period.Start().Start() < end; period = period.Next()) {
          SCOPED_TRACE(period.ToText() + " of " + std::get<1>(name));
          CheckPeriod(name, series, period);
        }
      }
    }
  }

  void CheckPeriod(const BruteForce::Name& name, const domain::Series& series,
                   const domain::Period& period) {
    // A latest value of the midnight that ends a year is that year's.
    const auto begin = [&](domain::CivilDate date) {
      const bool shifted = !domain::IsWindowed(series.kind()) && date.ToText().ends_with("-01-01");
      return date.Start().nanos + (shifted ? 1 : 0);
    };
    const Expected expected =
        brute_force_.Between(name, begin(period.Start()), begin(period.End()));
    const domain::Aggregate actual = series.periods().In(period);
    const std::optional<Timestamp> arrival = series.periods().FirstArrivalIn(period);
    ASSERT_EQ(actual.HasValue(), expected.events > 0);
    ASSERT_EQ(arrival.has_value(), expected.events > 0);
    if (expected.events == 0) return;
    EXPECT_EQ(arrival->nanos, expected.first_arrival_nanos);
    if (!domain::IsWindowed(series.kind())) {
      EXPECT_EQ(actual.time.nanos, expected.latest->time_nanos);
      EXPECT_EQ(actual.first, expected.latest->first);
      EXPECT_EQ(actual.second, expected.latest->second);
      return;
    }
    EXPECT_EQ(actual.events, expected.events);
    EXPECT_EQ(actual.first, expected.first);
    EXPECT_EQ(actual.second, expected.second);
    if (series.kind() == domain::Kind::kDuration) {
      EXPECT_EQ(actual.min, expected.min);
      EXPECT_EQ(actual.max, expected.max);
    }
  }

  void CheckDistribution(const domain::Aggregate& actual, const Expected& expected) {
    EXPECT_EQ(actual.min, expected.min);
    EXPECT_EQ(actual.max, expected.max);
    for (const double q : {0.0, 0.5, 0.9, 0.95, 0.99, 1.0}) {
      const auto rank = static_cast<std::size_t>(
          std::floor(q * static_cast<double>(expected.samples.size() - 1)));
      const double sample = expected.samples[rank];
      EXPECT_NEAR(*actual.sketch.Quantile(q), sample, sample * 0.01 + 1e-12);
    }
  }

  void CheckLatest(const BruteForce::Name& name, const domain::Aggregate& actual) {
    const std::optional<SentEvent> expected = brute_force_.Latest(name);
    ASSERT_TRUE(expected);
    SCOPED_TRACE(std::get<1>(name));
    EXPECT_EQ(actual.time.nanos, expected->time_nanos);
    EXPECT_EQ(actual.first, expected->first);
    if (HasTwoNumbers(*expected)) {
      EXPECT_EQ(actual.second, expected->second);
    }
  }

  std::mt19937_64 random_{static_cast<std::uint64_t>(GetParam())};
  iocd::testing::EngineHarness harness_;
  BruteForce brute_force_;
  std::int64_t now_ = kBegin.nanos;
  std::uint64_t sequence_ = 0;
};

TEST_P(EnginePropertyTest, EveryWindowAndPeriodEqualsBruteForceAndARestartGivesEqualBits) {
  for (int step = 0; step < 600; ++step) {
    // Steps from milliseconds to half a day: about four months in all.
    const std::int64_t steps[] = {Between<std::int64_t>(1, kNanos),
                                  Between<std::int64_t>(1, 600 * kNanos),
                                  Between<std::int64_t>(1, 43'200 * kNanos)};
    now_ += steps[Between(0, 2)];
    if (Between(0, 19) == 0) harness_.engine().RequestSnapshot();
    ASSERT_NO_FATAL_FAILURE(SendRandomBatch());
    if (step % 20 == 0) CheckEverything();
    if (step % 100 == 99) {
      const std::string before = harness_.EncodedState();
      if (Between(0, 1) == 0) {
        harness_.Kill(static_cast<std::size_t>(Between(0, 100)));
      } else {
        harness_.Stop();
      }
      ASSERT_TRUE(harness_.Start().ok());
      EXPECT_TRUE(harness_.EncodedState() == before) << "a restart must give equal bits";
      CheckEverything();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EnginePropertyTest, ::testing::Range(1, 6));

}  // namespace
}  // namespace iocd::engine
