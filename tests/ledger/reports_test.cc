#include "ledger_fixture.h"

namespace iocd::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LedgerReportsTest : public LedgerTest {
 protected:
  static Report LateReport(const std::string& department, const std::string& period) {
    return {.department = department,
            .indicator = "dossiers",
            .period = period,
            .year = 2024,
            .due_at = Timestamp::FromSeconds(10),
            .late_from = Timestamp::FromSeconds(20),
            .closes_at = Timestamp::FromSeconds(30),
            .state = domain::Freshness::kLate,
            .counts_as_late = true};
  }

  const std::unique_ptr<Ledger> ledger_ = Open();
};

TEST_F(LedgerReportsTest, CountsTheLateReportsOfAYearByDepartment) {
  Report in_time = LateReport("stp", "2024-04"), next_year = LateReport("stp", "2024-12");
  in_time.counts_as_late = false;
  next_year.year = 2025;
  Apply(*ledger_, {.reports = {LateReport("sxd", "2024-01"), LateReport("stp", "2024-02"),
                               LateReport("stp", "2024-03"), in_time, next_year}});
  const auto reader = Reader();
  EXPECT_THAT(LinesOf(reader->LateCounts(2024)), ElementsAre("stp 2", "sxd 1"));
  EXPECT_THAT(
      LinesOf(reader->LateReports(2024)),
      ElementsAre("stp dossiers 2024-02 2024 due@10 late@20 closes@30 received - late counts",
                  "stp dossiers 2024-03 2024 due@10 late@20 closes@30 received - late counts",
                  "sxd dossiers 2024-01 2024 due@10 late@20 closes@30 received - late counts"));
  EXPECT_THAT(LinesOf(reader->LateCounts(2023)), IsEmpty());
}

TEST_F(LedgerReportsTest, KeepsAReportInTheCountWhenItComesAndTakesItOutWhenItIsWaived) {
  Report report = LateReport("stp", "2024-03");
  Apply(*ledger_, {.reports = {report}});
  report.state = domain::Freshness::kFresh;
  report.received_at = Timestamp{25'500'000'000};
  Apply(*ledger_, {.reports = {report}});
  const auto reader = Reader();
  EXPECT_THAT(
      LinesOf(reader->LateReports(2024)),
      ElementsAre(
          "stp dossiers 2024-03 2024 due@10 late@20 closes@30 received @25.5 fresh counts"));
  report.state = domain::Freshness::kWaived;
  report.waived = true;
  report.counts_as_late = false;
  Apply(*ledger_, {.reports = {report}});
  EXPECT_THAT(LinesOf(reader->LateReports(2024)), IsEmpty());
  EXPECT_THAT(LinesOf(reader->LateCounts(2024)), IsEmpty());
}

TEST_F(LedgerReportsTest, MovesAReportThatFallsDueInAnotherYear) {
  Report report = LateReport("stp", "2024-12");
  Apply(*ledger_, {.reports = {report}});
  report.year = 2025;
  report.due_at = Timestamp::FromSeconds(11);
  Apply(*ledger_, {.reports = {report}});
  const auto reader = Reader();
  EXPECT_THAT(LinesOf(reader->LateCounts(2024)), IsEmpty());
  EXPECT_THAT(
      LinesOf(reader->LateReports(2025)),
      ElementsAre("stp dossiers 2024-12 2025 due@11 late@20 closes@30 received - late counts"));
}

TEST_F(LedgerReportsTest, KeepsEveryState) {
  using domain::Freshness;
  for (const Freshness state : {Freshness::kFresh, Freshness::kDue, Freshness::kLate,
                                Freshness::kMissing, Freshness::kWaived}) {
    Report report = LateReport("stp", "2024-03");
    report.state = state;
    Apply(*ledger_, {.reports = {report}});
    const auto late = Reader()->LateReports(2024);
    ASSERT_TRUE(late.ok()) << late.status();
    EXPECT_THAT(*late, ElementsAre(report));
  }
}

TEST_F(LedgerReportsTest, OfAWholeYearOnlyWhatIsOwedStays) {
  Report other_year = LateReport("stp", "2023-12");
  other_year.year = 2023;
  Apply(*ledger_, {.reports = {other_year, LateReport("stp", "2024-01"),
                               LateReport("stp", "2024-02"), LateReport("sxd", "2024-01")}});
  Apply(*ledger_, {.reports = {LateReport("stp", "2024-02"), LateReport("stp", "2024-03")},
                   .whole_years = {{"stp", "dossiers", 2024}}});
  const auto reader = Reader();
  EXPECT_THAT(LinesOf(reader->LateCounts(2024)), ElementsAre("stp 2", "sxd 1"));
  EXPECT_THAT(LinesOf(reader->LateCounts(2023)), ElementsAre("stp 1"));
  Apply(*ledger_, {.whole_years = {{"stp", "dossiers", 2024}}});
  EXPECT_THAT(LinesOf(reader->LateCounts(2024)), ElementsAre("sxd 1"));
}

}  // namespace
}  // namespace iocd::ledger
