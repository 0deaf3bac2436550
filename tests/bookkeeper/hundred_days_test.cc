// 120 days of figures of every kind, some of them late. Each week the process is lost, and what it
// had not written with it; afterwards the ledger holds what the state does.

#include <gtest/gtest.h>

#include <random>

#include "keeping.h"

namespace iocd::bookkeeper {
namespace {

using domain::At;
using domain::Day;

constexpr int kDays = 120;

/// All cadences, both calendars, a target, a waiver.
domain::CatalogueData Varied() {
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  data.working_days = domain::Spring2024();
  data.reports_from = Day("2024-01-01");
  using domain::Cadence;
  const Cadence cadences[] = {Cadence::kDaily, Cadence::kMonthly, Cadence::kQuarterly,
                              Cadence::kRealtime};
  for (std::size_t i = 0; i < data.indicators.size(); ++i) {
    domain::Indicator& indicator = data.indicators[i];
    indicator.cadence = cadences[i % 4];
    indicator.due = domain::DefaultDueRule(indicator.cadence);
    if (i % 2 == 1) indicator.calendar = domain::CalendarKind::kAdmin;
  }
  domain::Target target;
  target.indicator = 0;
  target.deadline_text = "2024";
  target.terms.value = 4'000;
  target.terms.deadline = Day("2025-01-01");
  target.terms.baseline = 10;
  target.terms.baseline_date = Day("2024-01-01");
  data.targets.push_back(target);
  data.waivers = {{.department = 1,
                   .indicator = std::nullopt,
                   .first = Day("2024-02-15"),
                   .last = Day("2024-03-15"),
                   .reason = "lũ quét",
                   .author = "UBND tỉnh",
                   .date = Day("2024-02-14")}};
  return data;
}

/// One that an owner reports, one that is fed by another, a department that goes into another.
domain::CatalogueData Merging() {
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  data.working_days = domain::Spring2024();
  data.reports_from = Day("2024-01-01");
  data.indicators.push_back(iocd::testing::OwnedIndicator());
  data.indicators.push_back(data.indicators.front());
  data.indicators.back().code = "fed";
  data.indicators.back().fed_by = 0;
  data.departments[2].valid_to = Day("2024-03-01");
  data.departments[2].successor = 0;
  return data;
}

class HundredDays : public Keeping {
 protected:
  explicit HundredDays(domain::CatalogueData data) : Keeping(std::move(data)) {}

  void SendSomething() {
    const domain::CatalogueData& data = harness_.catalogue().data();
    const auto pick = [&](std::size_t end) {
      return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
    };
    for (int i = 0; i < 6; ++i) {
      const domain::Indicator& indicator = data.indicators[pick(data.indicators.size())];
      const std::size_t department = indicator.owner.value_or(pick(data.departments.size()));
      if (indicator.fed_by) continue;
      const auto age = Duration::Seconds(static_cast<std::int64_t>(pick(30 * 86'400)));
      const std::string member =
          indicator.member_set ? data.member_sets[0].members[pick(2)].code : "";
      const bool in_parts =
          indicator.kind == domain::Kind::kRatio || indicator.kind == domain::Kind::kScore;
      const double first = static_cast<double>(pick(100)), second = in_parts ? 1 + first : 0;
      Push(data.departments[department].code, indicator.code, clock_.Now() - age, first, second,
           member);
    }
  }

  void Run() {
    for (int day = 1; day <= kDays; ++day) {
      SendSomething();
      Look();
      Advance(Duration::Seconds(9 * 3'600 + 60));  // past the times at which reports are due
      SendSomething();
      if (day % 7 == 0) {
        if (day % 2 == 0) Look();
        Kill();
        Start();
      }
      Look();
      if (day % 7 == 0) ExpectLedgerOfState();
      Advance(At("2024-01-02", 8, 0) + Duration::Days(day) - clock_.Now());
    }
    Look();
    ExpectLedgerOfState();
    EXPECT_TRUE(seen_.log.empty()) << seen_.log.front();
  }

  void ExpectLedgerOfState() {
    SCOPED_TRACE(ToLocalText(clock_.Now()));
    ExpectPeriodsOfState();
    ExpectHistoryOfState();
    EXPECT_EQ(LateCounts(2024), LateCountsOfState());
    const auto position = Reader()->Position();
    ASSERT_TRUE(position.ok());
    EXPECT_EQ(*position, harness_.engine().AppliedPosition());
  }

 private:
  std::mt19937_64 random_{20'240'102};
};

class HundredVariedDays : public HundredDays {
 protected:
  HundredVariedDays() : HundredDays(Varied()) {}
};
class HundredMergingDays : public HundredDays {
 protected:
  HundredMergingDays() : HundredDays(Merging()) {}
};

TEST_F(HundredVariedDays, LeaveTheLedgerWithWhatTheStateHolds) { Run(); }

TEST_F(HundredMergingDays, LeaveTheLedgerWithWhatTheStateHolds) { Run(); }

}  // namespace
}  // namespace iocd::bookkeeper
