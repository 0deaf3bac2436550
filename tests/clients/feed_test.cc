#include "iocsim/feed.h"

#include <map>
#include <vector>

#include "gtest/gtest.h"

namespace iocsim {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'795'000'000);

ioc::v1::Indicator* AddIndicator(ioc::v1::ListIndicatorsResponse& catalogue, const char* code,
                                 const char* kind) {
  auto* indicator = catalogue.add_indicators();
  indicator->set_code(code);
  indicator->set_kind(kind);
  indicator->add_reporters("a");
  indicator->add_reporters("b");
  return indicator;
}

Scenario RatedScenario(const char* code, double rate) {
  Scenario scenario;
  scenario.work_from = absl::ZeroDuration();
  scenario.work_to = absl::Hours(24);
  scenario.work_days.fill(true);
  scenario.indicators[code].general.rate_per_hour = rate;
  return scenario;
}

std::vector<FeedEvent> Until(Feed& feed, absl::Time end) {
  std::vector<FeedEvent> events;
  while (feed.NextSendAt() <= end) events.push_back(feed.Next());
  return events;
}

TEST(FeedTest, SendsABacklogAtTheRateInTheOrderOfTime) {
  ioc::v1::ListIndicatorsResponse catalogue;
  AddIndicator(catalogue, "flow", "flow");
  const Scenario scenario = RatedScenario("flow", 10);
  Feed feed(scenario, catalogue, kStart, 1);
  const auto events = Until(feed, kStart);
  EXPECT_NEAR(static_cast<double>(events.size()), 2 * 10 * 24 * 30, 500);
  for (std::size_t i = 1; i < events.size(); ++i) {
    ASSERT_LE(events[i - 1].send_at, events[i].send_at);
  }
  EXPECT_GE(events[0].event.event_time().seconds(),
            absl::ToUnixSeconds(kStart - absl::Hours(24 * 30)));
}

TEST(FeedTest, SendsTheSameForTheSameSeed) {
  ioc::v1::ListIndicatorsResponse catalogue;
  AddIndicator(catalogue, "flow", "flow");
  const Scenario scenario = RatedScenario("flow", 1);
  Feed one(scenario, catalogue, kStart, 7), same(scenario, catalogue, kStart, 7),
      other(scenario, catalogue, kStart, 8);
  const std::string first = one.Next().event.SerializeAsString();
  EXPECT_EQ(same.Next().event.SerializeAsString(), first);
  EXPECT_NE(other.Next().event.SerializeAsString(), first);
}

TEST(FeedTest, StopsASilentDepartmentAfterItsBacklog) {
  ioc::v1::ListIndicatorsResponse catalogue;
  AddIndicator(catalogue, "flow", "flow");
  AddIndicator(catalogue, "stock", "stock");
  Scenario scenario = RatedScenario("flow", 10);
  scenario.indicators["stock"].general.value = 3;
  scenario.departments["a"].silent = true;
  Feed feed(scenario, catalogue, kStart, 1);
  std::map<std::string, int> before, after;
  for (const FeedEvent& event : Until(feed, kStart)) ++before[event.department];
  for (const FeedEvent& event : Until(feed, kStart + absl::Hours(48))) ++after[event.department];
  EXPECT_GT(before["a"], 0);
  EXPECT_EQ(after["a"], 0);
  EXPECT_GT(after["b"], 0);
}

TEST(FeedTest, SendsLateWhatHappenedEarlier) {
  ioc::v1::ListIndicatorsResponse catalogue;
  AddIndicator(catalogue, "flow", "flow");
  Scenario scenario = RatedScenario("flow", 10);
  scenario.departments["a"].late_by = scenario.departments["b"].late_by = absl::Hours(2);
  Feed feed(scenario, catalogue, kStart, 1);
  for (const FeedEvent& event : Until(feed, kStart + absl::Hours(1))) {
    ASSERT_EQ(absl::ToUnixSeconds(event.send_at - absl::Hours(2)),
              event.event.event_time().seconds());
  }
}

TEST(FeedTest, SendsLatestValuesAtTheStartAndThenFromTimeToTime) {
  ioc::v1::ListIndicatorsResponse catalogue;
  AddIndicator(catalogue, "stock", "stock");
  auto* once = AddIndicator(catalogue, "once", "coverage");
  once->set_maximum(1);
  Scenario scenario;
  scenario.indicators["stock"].general.value = 5;
  scenario.indicators["stock"].general.every = absl::Hours(6);
  scenario.indicators["once"].general.value = 1.5;
  scenario.indicators["once"].general.as_of = kStart - absl::Hours(9'000);
  Feed feed(scenario, catalogue, kStart, 1);
  std::map<std::string, int> counts;
  for (const FeedEvent& event : Until(feed, kStart + absl::Hours(24))) {
    ++counts[event.event.indicator()];
    if (event.event.indicator() == "once") {
      EXPECT_EQ(event.event.value(), 1);  // at most the catalogue's bound
      EXPECT_EQ(event.event.event_time().seconds(),
                absl::ToUnixSeconds(kStart - absl::Hours(9'000)));
    }
  }
  EXPECT_EQ(counts["stock"], 2 * 5);
  EXPECT_EQ(counts["once"], 2);
}

}  // namespace
}  // namespace iocsim
