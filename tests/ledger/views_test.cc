// What an official finds with an SQL tool.
#include "ledger_fixture.h"

namespace iocd::ledger {
namespace {

using ::testing::ElementsAre;

class LedgerViewsTest : public LedgerTest {
 protected:
  LedgerViewsTest() {
    const Timestamp now{1'710'000'000'250'000'000};  // 2024-03-09 23:00:00.25 +07:00
    const auto ledger = Open();
    const PeriodKey key{.scope = "stp", .indicator = "dossiers", .period = "2024-02"};
    Apply(*ledger,
          {.recorded_at = now, .periods = {{.key = key, .figures = {.value = 4}, .closed = true}}});
    Update update{.position = 77, .recorded_at = now + Duration::Days(1)};
    update.periods = {
        {.key = key, .figures = {.value = 5, .events = 9}, .closed = true},
        {.key = {kProvince, "gdp", domain::CalendarKind::kAdmin, "2024-9M"}, .closed = false}};
    update.reports = {{.department = "stp",
                       .indicator = "dossiers",
                       .period = "2024-02",
                       .year = 2024,
                       .due_at = now,
                       .late_from = now,
                       .closes_at = now + Duration::Days(9),
                       .state = domain::Freshness::kLate,
                       .counts_as_late = true}};
    update.waivers = {{{.department = "sxd",
                        .first = domain::CivilDate::FromYearMonthDay(2024, 2, 1),
                        .last = domain::CivilDate::FromYearMonthDay(2024, 2, 29),
                        .reason = "sáp nhập",
                        .author = "UBND",
                        .document_date = domain::CivilDate::FromYearMonthDay(2024, 1, 5)}}};
    update.changes = {{.key = {"target_status", kProvince, "gdp", "2025"},
                       .at = now,
                       .text = "lagging",
                       .value = 6.5}};
    Apply(*ledger, update);
  }

  std::vector<std::string> Select(const std::string& what, int columns) {
    return Rows(*Raw(Database::Access::kRead), "SELECT " + what, columns);
  }
};

TEST_F(LedgerViewsTest, ShowTheNewestFiguresAndAllRevisions) {
  EXPECT_THAT(Select("* FROM figures ORDER BY scope", 13),
              ElementsAre("province|gdp|admin|nine_months|2024-9M|1||||0|0|0|provisional",
                          "stp|dossiers|civil|month|2024-02|2|5.0|||9|0|0|restated"));
  EXPECT_THAT(
      Select("revision, state, recorded_at FROM figure_revisions WHERE scope = 'stp'", 3),
      ElementsAre("1|closed|2024-03-09 23:00:00+07:00", "2|restated|2024-03-10 23:00:00+07:00"));
  EXPECT_THAT(Select("* FROM so_lieu ORDER BY pham_vi", 14),
              ElementsAre("province|gdp|hành chính|9 tháng|2024-9M|1||||0|0|0|tạm tính|"
                          "2024-03-10 23:00:00+07:00",
                          "stp|dossiers|dương lịch|tháng|2024-02|2|5.0|||9|0|0|sửa sau chốt|"
                          "2024-03-10 23:00:00+07:00"));
  EXPECT_THAT(Select("gia_tri, trang_thai FROM lan_sua_so_lieu WHERE pham_vi = 'stp'", 2),
              ElementsAre("4.0|đã chốt", "5.0|sửa sau chốt"));
}

TEST_F(LedgerViewsTest, ShowReportsAndTheirLateCounts) {
  EXPECT_THAT(Select("* FROM report_list", 11),
              ElementsAre("2024|stp|dossiers|2024-02|2024-03-09 23:00:00+07:00|"
                          "2024-03-09 23:00:00+07:00|2024-03-18 23:00:00+07:00||late|0|1"));
  EXPECT_THAT(Select("* FROM bao_cao", 11),
              ElementsAre("2024|stp|dossiers|2024-02|2024-03-09 23:00:00+07:00|"
                          "2024-03-09 23:00:00+07:00|2024-03-18 23:00:00+07:00||trễ hạn|0|1"));
  EXPECT_THAT(Select("* FROM late_counts", 3), ElementsAre("2024|stp|1"));
  EXPECT_THAT(Select("nam, don_vi, so_lan_tre FROM so_lan_tre", 3), ElementsAre("2024|stp|1"));
}

TEST_F(LedgerViewsTest, ShowWaiversAndChanges) {
  EXPECT_THAT(Select("* FROM waiver_list", 9),
              ElementsAre("sxd||2024-02-01|2024-02-29|sáp nhập|UBND|2024-01-05|"
                          "2024-03-10 23:00:00+07:00|"));
  EXPECT_THAT(Select("don_vi, tu_ngay, den_ngay, ly_do FROM mien_bao_cao", 4),
              ElementsAre("sxd|2024-02-01|2024-02-29|sáp nhập"));
  EXPECT_THAT(Select("* FROM changes", 9),
              ElementsAre("2024-03-09 23:00:00+07:00|target_status|province|gdp|2025|lagging|6.5|"
                          "1710000000250000000|0"));
  EXPECT_THAT(Select("* FROM dien_bien", 7),
              ElementsAre("2024-03-09 23:00:00+07:00|target_status|province|gdp|2025|lagging|6.5"));
}

TEST_F(LedgerViewsTest, TellThePositionOfTheLog) {
  EXPECT_THAT(Select("log_position FROM position", 1), ElementsAre("77"));
}

}  // namespace
}  // namespace iocd::ledger
