// Who owes what, as GetScorecard and ListReports tell it. It is 15 November 2023; every indicator
// of the test catalogue is monthly: October was due on 7 November at 17:00, has been late since the
// 9th and is closed after the 23rd.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "exposition/populated_engine.h"
#include "query/query.h"
#include "support/engine_harness.h"
#include "support/manual_clock.h"

namespace iocd::query {
namespace {

using domain::CivilDate;
using iocd::testing::kNow;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ReportsTest : public ::testing::Test {
 protected:
  /// "c" was merged into "b" in June, and "b" need not report anything due in the autumn of 2022.
  ReportsTest() : harness_(Data()) {
    EXPECT_TRUE(harness_.Start().ok());
    Send("a", Day(11, 3), 1);
    Send("b", kNow, 2);
  }

  static Timestamp Day(int month, int day) {
    return CivilDate::FromYearMonthDay(2023, month, day).Start();
  }

  static domain::CatalogueData Data() {
    domain::CatalogueData data = iocd::testing::TestCatalogueData();
    data.departments[2].valid_to = CivilDate::FromYearMonthDay(2023, 6, 1);
    data.departments[2].successor = 1;
    data.waivers.push_back({.department = 1,
                            .indicator = std::nullopt,
                            .first = CivilDate::FromYearMonthDay(2022, 9, 1),
                            .last = CivilDate::FromYearMonthDay(2022, 11, 30),
                            .reason = "flood",
                            .author = "Trần B",
                            .date = CivilDate::FromYearMonthDay(2022, 9, 1)});
    return data;
  }

  /// The October flow of a department arrives.
  void Send(const std::string& department, Timestamp arrival, std::uint64_t sequence) {
    const domain::Event event = harness_.Event(department, "flow", Day(10, 20), 5);
    EXPECT_TRUE(
        harness_.Push(harness_.MakeBatch("test", eventlog::Sequence{sequence}, {event}, arrival))
            .ok());
  }

  absl::StatusOr<ioc::v1::ListReportsResponse> Ask(const std::string& scope, std::uint32_t year = 0,
                                                   bool all = false) {
    ioc::v1::ListReportsRequest request;
    request.set_scope(scope);
    request.set_year(year);
    request.set_all(all);
    return Query(harness_.engine(), clock_).ListReports(request);
  }
  ioc::v1::GetScorecardResponse Scorecard(const std::string& scope) {
    ioc::v1::GetScorecardRequest request;
    request.set_scope(scope);
    auto response = Query(harness_.engine(), clock_).GetScorecard(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : ioc::v1::GetScorecardResponse();
  }
  ioc::v1::ListReportsResponse Reports(const std::string& scope, std::uint32_t year = 0,
                                       bool all = false) {
    auto response = Ask(scope, year, all);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : ioc::v1::ListReportsResponse();
  }

  template <typename Response>
  static std::vector<std::string> Departments(const Response& response) {
    std::vector<std::string> codes;
    for (const auto& department : response.departments()) codes.push_back(department.department());
    return codes;
  }

  iocd::testing::EngineHarness harness_;
  iocd::testing::ManualClock clock_{kNow};
};

TEST_F(ReportsTest, TellsOfAReportWhatItIsAndWhenItWasDue) {
  const ioc::v1::ListReportsResponse response = Reports("a");
  EXPECT_EQ(response.year(), 2023u);
  EXPECT_EQ(response.time().seconds(), kNow.nanos / 1'000'000'000);
  ASSERT_EQ(response.departments_size(), 1);
  ASSERT_EQ(response.departments(0).reports_size(), 9);
  const ioc::v1::Report& sent = response.departments(0).reports(0);
  EXPECT_EQ(sent.department(), "a");
  EXPECT_EQ(sent.indicator(), "flow");
  EXPECT_EQ(sent.period(), "2023-10");
  EXPECT_EQ(sent.state(), "fresh");
  EXPECT_FALSE(sent.counts_as_late());
  const std::int64_t due = Day(11, 7).nanos / 1'000'000'000 + 17 * 3'600;
  EXPECT_EQ(sent.due().seconds(), due);
  EXPECT_EQ(sent.late_from().seconds(), due + 2 * 86'400);
  EXPECT_EQ(sent.closes().seconds(), Day(11, 24).nanos / 1'000'000'000);
  EXPECT_EQ(sent.received().seconds(), Day(11, 3).nanos / 1'000'000'000);
  const ioc::v1::Report& owed = response.departments(0).reports(1);
  EXPECT_EQ(owed.indicator(), "ratio");
  EXPECT_EQ(owed.state(), "late");
  EXPECT_TRUE(owed.counts_as_late());
  EXPECT_FALSE(owed.has_received());
  EXPECT_EQ(response.departments(0).received(), 1u);
  EXPECT_EQ(response.departments(0).due(), 9u);
  EXPECT_DOUBLE_EQ(response.departments(0).completeness(), 1.0 / 9);
}

TEST_F(ReportsTest, CountsAReportThatCameLate) {
  const ioc::v1::ListReportsResponse response = Reports("b");
  const ioc::v1::Report& late = response.departments(0).reports(0);
  EXPECT_EQ(late.state(), "fresh");
  EXPECT_TRUE(late.counts_as_late());
}

TEST_F(ReportsTest, ScorecardHasTheSameForAllThatExistToday) {
  const ioc::v1::GetScorecardResponse scorecard = Scorecard("province");
  EXPECT_THAT(Departments(scorecard), ElementsAre("a", "b", "outside"));
  EXPECT_EQ(scorecard.departments(0).SerializeAsString(),
            Reports("a").departments(0).SerializeAsString());
  EXPECT_EQ(Scorecard("").departments_size(), 3);
  EXPECT_THAT(Departments(Scorecard("b")), ElementsAre("b"));
}

TEST_F(ReportsTest, KeepsTheCountOfADepartmentThatWasMergedInTheYear) {
  const ioc::v1::ListReportsResponse response = Reports("province");
  EXPECT_THAT(Departments(response), ElementsAre("a", "b", "c", "outside"));
  EXPECT_EQ(response.departments(2).reports_size(), 0);
  EXPECT_GT(response.departments(2).late(), 0u);
  EXPECT_THAT(Departments(Reports("", 2024)), ElementsAre("a", "b", "outside"));
}

TEST_F(ReportsTest, EachReportOfAYearAddsUpToItsCounts) {
  for (const char* scope : {"a", "b", "c", "outside"}) {
    for (const std::uint32_t year : {2022u, 2023u}) {
      const ioc::v1::ListReportsResponse response = Reports(scope, year, /*all=*/true);
      std::uint32_t due = 0, late = 0, on_time = 0;
      std::int64_t last = 0;
      for (const ioc::v1::Report& report : response.reports()) {
        EXPECT_LE(last, report.due().seconds());
        last = report.due().seconds();
        if (report.state() == "waived") continue;
        ++due;
        if (report.counts_as_late()) ++late;
        if (report.has_received() && !report.counts_as_late()) ++on_time;
      }
      const ioc::v1::DepartmentReports& counts = response.departments(0);
      EXPECT_EQ(counts.due_this_year(), due) << scope << year;
      EXPECT_EQ(counts.late(), late) << scope << year;
      EXPECT_EQ(counts.on_time(), on_time) << scope << year;
      EXPECT_GT(due, 0u);
    }
  }
}

TEST_F(ReportsTest, SaysWhoLetAReportOffAndDoesNotCountIt) {
  const ioc::v1::ListReportsResponse response = Reports("b", 2022, /*all=*/true);
  int waived = 0;
  for (const ioc::v1::Report& report : response.reports()) {
    if (report.state() != "waived") continue;
    ++waived;
    EXPECT_EQ(report.waived_by(), "Trần B");
    EXPECT_EQ(report.waiver_reason(), "flood");
  }
  EXPECT_EQ(waived, 9 * 3);
  EXPECT_EQ(response.departments(0).due_this_year(), 9u * 9);
}

TEST_F(ReportsTest, RefusesWhatCannotBeAsked) {
  EXPECT_EQ(Ask("nowhere").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Ask("nowhere").status().message(), HasSubstr("a scope is 'province' or"));
  EXPECT_EQ(Ask("a", 1899).status().message(),
            "there are no reports of the year 1899; a year is from 1900 to 2199, or 0 for the "
            "present one.");
  EXPECT_EQ(Ask("a", 2200).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Ask("province", 2023, true).status().message(),
              HasSubstr("of one department at a time; give its code as scope."));
}

}  // namespace
}  // namespace iocd::query
