// A year of the whole province on the real engine: 38 departments and all that they owe, over Tết
// and a swap day; some late, some silent for months, some let off, one merged into another, one
// into a new one. Who reports when is planned beforehand; what must be shown follows from the plan
// by arithmetic of the test's own. Lived undisturbed, and with a process that is killed every week.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/reports.h"
#include "engine/year_calendar.h"
#include "engine/year_life.h"
#include "engine/year_oracle.h"
#include "engine/year_plan.h"
#include "engine/year_territory.h"

namespace iocd::year {
namespace {

const Territory& TheTerritory() {
  static const auto* const territory = new Territory;
  return *territory;
}

const Plan& ThePlan() {
  static const auto* const plan = new Plan(TheTerritory(), 2024);
  return *plan;
}

constexpr int kStride = IOCD_YEAR_STRIDE;  // every so manieth day is compared
constexpr int kWeeks = IOCD_YEAR_WEEKS_BETWEEN_KILLS;

const Day kFirstDay = DayOf({2024, 1, 1});
const Day kEndDay = DayOf({2025, 1, 11});  // the counts of the new year have begun again

/// The duty officer's instants, and those just beside them.
std::vector<Timestamp> InstantsOf(Day day) {
  const Timestamp open = At(day, 7, 30);
  const Timestamp opening[] = {open - Duration::Seconds(1), open, open + Duration{1}};
  const Timestamp night[] = {At(day, 23, 59), Midnight(day + 1) - Duration{1}, Midnight(day + 1)};
  return {opening[day % 3], At(day, 12, 0), At(day, 16, 59, 59),
          At(day, 17, 0),   At(day, 17, 5), night[day % 3]};
}

/// Compares what is shown with what the plan says, and counts how often it did.
class SimulatedYearTest : public ::testing::Test {
 protected:
  /// `realtime`: of the past it is not known when a source was heard.
  void CheckProvince(Life* life, Timestamp now, bool realtime = true) {
    life->Read(now, [&](const domain::Reading& reading) {
      for (std::size_t department = 0; department < kDepartments && !HasFailure(); ++department) {
        CheckDepartment(reading, department, realtime);
      }
    });
  }

  /// Every single report of the year.
  void CheckLists(Life* life, Timestamp now, int year) {
    life->Read(now, [&](const domain::Reading& reading) {
      for (std::size_t department = 0; department < kDepartments && !HasFailure(); ++department) {
        SCOPED_TRACE(TheTerritory().data.departments[department].code);
        for (std::size_t i = 0; i < TheTerritory().duties.size(); ++i) {
          CheckList(domain::ReportsDueIn(reading, department, i, year),
                    ExpectedDueIn(ThePlan(), department, i, year, now));
        }
      }
    });
  }

  // Compared: reports, of them in each state, and departments.
  std::int64_t states_ = 0, counts_ = 0;
  std::array<std::int64_t, 5> seen_{};

 private:
  static constexpr std::size_t kDepartments = 38;

  void CheckDepartment(const domain::Reading& reading, std::size_t department, bool realtime) {
    const Timestamp now = reading.now;
    Expected expected = ExpectedOf(TheTerritory(), ThePlan(), department, now);
    domain::DepartmentReports shown = domain::ReportsOf(reading, department);
    SCOPED_TRACE(absl::StrCat(TheTerritory().data.departments[department].code, " at ",
                              ToLocalText(now), " and ", now.nanos % 1'000'000'000, " ns"));
    if (realtime) {
      EXPECT_EQ(shown.punctuality.due, expected.due);
      EXPECT_EQ(shown.punctuality.received, expected.received);
      const auto received = static_cast<double>(expected.received);
      const double share = expected.due > 0 ? received / static_cast<double>(expected.due) : 1.0;
      EXPECT_EQ(shown.punctuality.Completeness(), share);
    } else {
      std::erase_if(shown.present, [](const domain::Report& one) { return !one.period; });
      std::erase_if(expected.present, [](const ExpectedReport& one) { return !one.report; });
    }
    CheckList(shown.present, expected.present);
    EXPECT_EQ(shown.punctuality.due_this_year, expected.due_this_year);
    EXPECT_EQ(shown.punctuality.on_time, expected.on_time);
    EXPECT_EQ(shown.punctuality.late, expected.late);
    ++counts_;
  }

  void CheckList(const std::vector<domain::Report>& shown,
                 const std::vector<ExpectedReport>& expected) {
    ASSERT_EQ(shown.size(), expected.size());
    for (std::size_t i = 0; i < shown.size(); ++i) CheckReport(shown[i], expected[i]);
  }

  void CheckReport(const domain::Report& shown, const ExpectedReport& expected) {
    SCOPED_TRACE(TheTerritory().data.indicators[expected.indicator].code);
    ++states_;
    ++seen_[static_cast<std::size_t>(expected.freshness)];
    EXPECT_EQ(shown.indicator, expected.indicator);
    EXPECT_EQ(domain::FreshnessName(shown.freshness), domain::FreshnessName(expected.freshness));
    EXPECT_EQ(shown.received, expected.received);
    EXPECT_EQ(shown.counts_as_late, expected.counts_as_late);
    EXPECT_EQ(shown.waiver != nullptr, expected.let_off);
    ASSERT_EQ(shown.period.has_value(), expected.report != nullptr);
    if (expected.report == nullptr) return;
    const Times& times = expected.report->times;
    EXPECT_EQ(shown.period->ToText(), expected.report->span.name);
    EXPECT_EQ(shown.times.owed_from, times.owed_from);
    EXPECT_EQ(shown.times.due_at, times.due_at);
    EXPECT_EQ(shown.times.late_from, times.late_from);
    EXPECT_EQ(shown.times.closes_at, times.closes_at);
  }
};

TEST_F(SimulatedYearTest, ShowsWhatThePlanSaysSixTimesADay) {
  Life life(TheTerritory(), ThePlan());
  for (Day day = kFirstDay; day < kEndDay; ++day) {
    for (const Timestamp now : InstantsOf(day)) {
      life.SendAndWait(now);
      if (day % kStride == 0) CheckProvince(&life, now);
      if (HasFailure()) return;
    }
    if (DateOf(day).day == 2) CheckLists(&life, InstantsOf(day).back(), 2024);
  }
  EXPECT_GT(states_, 1'000'000 / kStride);
  EXPECT_GT(counts_, 80'000 / kStride);
  EXPECT_THAT(seen_, ::testing::Each(::testing::Gt(5'000 / kStride)));
}

/// What the series hold after a year in which nothing happened to the daemon.
const std::string& AfterAQuietYear() {
  static const auto* const bytes = [] {
    Life life(TheTerritory(), ThePlan());
    life.SendAndWait(Midnight(kEndDay));
    return new std::string(life.SeriesBytes());
  }();
  return *bytes;
}

class KilledEveryWeekTest : public SimulatedYearTest {
 protected:
  /// Each second time a snapshot is on the disk when the process dies, otherwise one is being cut;
  /// or there are none at all.
  void LiveAYear(Life* life, bool with_snapshots) {
    for (Day day = kFirstDay; day < kEndDay && !HasFailure(); ++day) {
      const Timestamp now = At(day, 17, 5);
      const bool is_eve = day % (14 * kWeeks) == 1, dies = day % (7 * kWeeks) == 2;
      if (with_snapshots && (is_eve || dies)) life->RequestSnapshot();
      life->Send(now);  // with answers and slices on their way
      if (with_snapshots && is_eve) life->AwaitSnapshot();
      if (dies) life->DieAndRestart();
      life->SendAndWait(now);
      if (dies || day % 7 == 5) CheckProvince(life, now);
    }
    life->SendAndWait(Midnight(kEndDay));
    EXPECT_TRUE(life->SeriesBytes() == AfterAQuietYear());
    CheckLists(life, Midnight(kEndDay), 2024);
    EXPECT_GT(states_, 70'000);
    EXPECT_GT(life->sent_again(), 1'000U / kWeeks);
  }
};

TEST_F(KilledEveryWeekTest, GoesOnFromTheLogAlone) {
  Life life(TheTerritory(), ThePlan());
  LiveAYear(&life, /*with_snapshots=*/false);
  EXPECT_EQ(life.restarts_from_snapshots(), 0);
  // Any instant of the past gives the answer of then.
  for (Day day = kFirstDay; day < kEndDay && !HasFailure(); day += 23) {
    for (const Timestamp then : InstantsOf(day)) CheckProvince(&life, then, /*realtime=*/false);
  }
}

TEST_F(KilledEveryWeekTest, GoesOnFromSnapshotsThatAreCutMeanwhile) {
  Life life(TheTerritory(), ThePlan());
  LiveAYear(&life, /*with_snapshots=*/true);
  EXPECT_GE(life.restarts_from_snapshots(), 26 / kWeeks);
}

}  // namespace
}  // namespace iocd::year
