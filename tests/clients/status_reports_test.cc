#include "iocctl/status_reports.h"

#include <string>

#include "clients/status_data.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "iocctl/roster_line.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StatusReportsTest : public ::testing::Test {
 protected:
  ioc::v1::Report& Add(const ioc::v1::Report& report) { return AddReport(data_, report); }

  std::string WhoOwes(Detail detail, const std::string& language = "en") {
    return With(language, [&](const ReportStyle& style) {
      return WhoOwesText(data_.scorecard, style, detail);
    });
  }
  std::string Roster(const std::string& language = "en") {
    return With(language, [&](const ReportStyle& style) {
      return RosterLine(data_.scorecard, style, language);
    });
  }

  StatusData data_ = QuietProvince();

 private:
  template <typename Write>
  std::string With(const std::string& language, Write write) {
    const CatalogueNames names(data_.departments, data_.indicators, language);
    return write({.names = names,
                  .words = language == "vi" ? kVietnameseReports : kEnglishReports,
                  .now = data_.scorecard.time()});
  }
};

TEST_F(StatusReportsTest, CountsWhoHasSentAllThatIsDue) {
  EXPECT_EQ(Roster(), "All 2 departments have sent all that is due.");
  EXPECT_EQ(Roster("vi"), "Cả 2 đơn vị đã gửi đủ báo cáo đến hạn.");
  Add(DailyReport("bdt", "late"));
  EXPECT_EQ(Roster(), "1 of 2 departments has sent all that is due; 1 is late.");
  EXPECT_EQ(Roster("vi"),
            "1 trong 2 đơn vị đã gửi đủ báo cáo đến hạn; 1 đơn vị có báo cáo chậm hoặc thiếu.");
  Add(DailyReport("stttt", "missing"));
  EXPECT_EQ(Roster(), "0 of 2 departments have sent all that is due; 2 are late.");
}

TEST_F(StatusReportsTest, DoesNotCallLateWhoHasDaysOfGrace) {
  Add(DailyReport("bdt", "due"));
  EXPECT_EQ(Roster(), "1 of 2 departments has sent all that is due; 1 has days of grace left.");
}

TEST_F(StatusReportsTest, CountsReportersOutsideTheRosterApart) {
  AddDepartment(data_, "huyen", "Huyện ủy", "District committee", /*counts=*/false);
  Add(DailyReport("huyen", "late"));
  EXPECT_EQ(Roster(),
            "All 2 departments have sent all that is due. "
            "0 of 1 reporters outside the roster have sent all that is due; 1 is late.");
}

TEST_F(StatusReportsTest, SaysNothingWhereNothingIsOwed) {
  EXPECT_EQ(WhoOwes(Detail::kDepartments), "");
  EXPECT_EQ(WhoOwes(Detail::kEverything), "");
}

TEST_F(StatusReportsTest, SetsWhatIsLateApartAndBeforeWhatIsDue) {
  Add(DailyReport("stttt", "due")).mutable_due()->set_seconds(kFivePastFive + 3'600);
  Add(DailyReport("stttt", "due")).mutable_late_from()->set_seconds(kFivePastFive + 86'400);
  Add(DailyReport("stttt", "due")).mutable_due()->set_seconds(kFivePastFive + 86'400);
  Add(DailyReport("bdt", "late"));
  Add(DailyReport("bdt", "missing")).set_period("2024-03-04");
  const std::string text = WhoOwes(Detail::kDepartments);
  const std::size_t late = text.find("Late or missing"), grace = text.find("within the days of"),
                    today = text.find("Still due today");
  EXPECT_LT(late, grace);
  EXPECT_LT(grace, today);
  EXPECT_NE(today, std::string::npos);
  EXPECT_THAT(text, HasSubstr("Board of Ethnic Affairs     1        1  never      Dossiers "
                              "received (2024-03-05); Dossiers received (2024-03-04)\n"));
  EXPECT_THAT(text.substr(grace, today - grace), HasSubstr("2024-03-06 17:05:00+07:00"));
  EXPECT_THAT(text.substr(today), HasSubstr("2024-03-05 18:05:00+07:00"));
  EXPECT_THAT(text, HasSubstr("Due after today: 1 reports."));
}

TEST_F(StatusReportsTest, NamesTheFirstOfManyReportsOfADepartmentAndCountsTheOthers) {
  for (int i = 0; i < 5; ++i) Add(DailyReport("stttt", "late"));
  Add(DailyReport("bdt", "late"));
  const std::string text = WhoOwes(Detail::kDepartments, "vi");
  EXPECT_THAT(text, HasSubstr("Hồ sơ tiếp nhận (2024-03-05) và 4 báo cáo khác\n"));
  EXPECT_THAT(text, HasSubstr("2024-03-05 16:02:57+07:00"));  // it sent something then
  EXPECT_LT(text.find("Sở Thông tin"), text.find("Ban Dân tộc"));
}

TEST_F(StatusReportsTest, ShowsEachReportWithItsTimesAndMarksTheLateOnes) {
  Add(DailyReport("bdt", "late"));
  const std::string text = WhoOwes(Detail::kEach);
  EXPECT_THAT(text,
              HasSubstr("!  late   2024-03-05 17:00:00+07:00  2024-03-05  Dossiers received"));
  EXPECT_THAT(text, Not(HasSubstr("Ethnic")));  // one department alone: not named in each line
}

TEST_F(StatusReportsTest, TellsWhatFreshMeans) {
  Add(DailyReport("bdt", "fresh"));
  ioc::v1::Report& late = Add(DailyReport("bdt", "fresh"));
  late.mutable_received()->set_seconds(kFivePastFive);
  late.set_counts_as_late(true);
  ioc::v1::Report& heard = Add(DailyReport("bdt", "fresh"));
  heard.clear_period();
  heard.mutable_received()->set_seconds(kFivePastFive);
  const std::string text = WhoOwes(Detail::kEverything);
  EXPECT_THAT(text, HasSubstr("nothing owed yet"));
  EXPECT_THAT(text, HasSubstr("!  sent late"));
  EXPECT_THAT(text, HasSubstr("received 2024-03-05 17:05:00+07:00"));
  EXPECT_THAT(text, HasSubstr("last heard 2024-03-05 17:05:00+07:00"));
  EXPECT_THAT(text, Not(HasSubstr("fresh")));
}

TEST_F(StatusReportsTest, SaysWhoLetAReportOffAndWhy) {
  ioc::v1::Report& waived = Add(DailyReport("bdt", "waived"));
  waived.set_waived_by("Trần B");
  waived.set_waiver_reason("bão số 3");
  EXPECT_THAT(WhoOwes(Detail::kEach, "vi"), HasSubstr("Được miễn: 1 báo cáo."));
  EXPECT_THAT(WhoOwes(Detail::kEverything, "vi"), HasSubstr("Trần B: bão số 3"));
}

}  // namespace
}  // namespace iocctl
