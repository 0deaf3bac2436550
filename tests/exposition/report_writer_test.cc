// What departments owe, on the page. It is 15 November 2023; every indicator of the test catalogue
// is monthly, so that the reports of October are late since the 9th and missing from the 24th.
#include "exposition/report_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "exposition/populated_engine.h"

namespace iocd::exposition {
namespace {

using domain::CivilDate;
using iocd::testing::kNow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReportWriterTest : public ::testing::Test {
 protected:
  /// Lines of the page that begin with `start`, without it.
  std::vector<std::string> Lines(absl::string_view start, Timestamp now = kNow) {
    const LabelTexts labels(engine_.harness().engine().catalogue());
    FamilyBuffers buffers;
    AppendReports(engine_.harness().engine(), labels, now, &buffers);
    std::string page;
    buffers.AppendTo(Format::kPrometheusText, &page);
    std::vector<std::string> lines;
    for (absl::string_view line : absl::StrSplit(page, '\n')) {
      if (absl::StartsWith(line, start)) lines.emplace_back(line.substr(start.size()));
    }
    return lines;
  }

  /// "a" sends its flow of October on 15 November, too late.
  void SendLate() {
    const Timestamp october = CivilDate::FromYearMonthDay(2023, 10, 20).Start();
    const domain::Event event = engine_.harness().Event("a", "flow", october, 5);
    ASSERT_TRUE(engine_.harness()
                    .Push(engine_.harness().MakeBatch("test", eventlog::Sequence{2}, {event}, kNow))
                    .ok());
  }

  iocd::testing::PopulatedEngine engine_;
};

TEST_F(ReportWriterTest, ShowsOneStateOfEachReportThatIsOwed) {
  EXPECT_THAT(
      Lines("ioc_report_state{department=\"a\",indicator=\"flow\",state="),
      ElementsAre("\"fresh\"} 0", "\"due\"} 0", "\"late\"} 1", "\"missing\"} 0", "\"waived\"} 0"));
  EXPECT_THAT(Lines("ioc_report_state{"), SizeIs(4 * 9 * 5));
  const Timestamp closed = CivilDate::FromYearMonthDay(2023, 11, 24).Start();
  EXPECT_THAT(
      Lines("ioc_report_state{department=\"b\",indicator=\"rank\",state=\"missing\"}", closed),
      ElementsAre(" 1"));
}

TEST_F(ReportWriterTest, CountsWhatCameAndWhatCameLate) {
  const std::vector<std::string> before = Lines("ioc_department_late_reports{department=\"a\"} ");
  EXPECT_THAT(Lines("ioc_department_completeness_ratio{department=\"a\"}"), ElementsAre(" 0"));
  SendLate();
  EXPECT_THAT(Lines("ioc_report_state{department=\"a\",indicator=\"flow\",state=\"fresh\"}"),
              ElementsAre(" 1"));
  EXPECT_THAT(Lines("ioc_department_completeness_ratio{department=\"a\"} 0.1111"), SizeIs(1));
  EXPECT_EQ(Lines("ioc_department_late_reports{department=\"a\"} "),
            before);  // it was late, and is
  EXPECT_THAT(Lines("ioc_department_on_time_ratio{department=\"a\"}"), ElementsAre(" 0"));
}

TEST_F(ReportWriterTest, ShowsNoCompletenessOfReportersOutsideTheRoster) {
  EXPECT_THAT(Lines("ioc_department_completeness_ratio{"), SizeIs(3));
  EXPECT_THAT(Lines("ioc_department_late_reports{"), SizeIs(4));
}

TEST_F(ReportWriterTest, ShowsNothingOfADepartmentThatIsNoMore) {
  domain::CatalogueData data = iocd::testing::CatalogueWithTargets();
  data.departments[2].valid_to = CivilDate::Containing(kNow);
  ASSERT_TRUE(engine_.harness().ChangeCatalogue(data).ok());
  EXPECT_THAT(Lines("ioc_report_state{department=\"c\""), IsEmpty());
  EXPECT_THAT(Lines("ioc_department_completeness_ratio{"), SizeIs(2));
}

}  // namespace
}  // namespace iocd::exposition
