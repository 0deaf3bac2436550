#include "iocctl/figures_file.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace iocctl {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

ioc::v1::ListIndicatorsResponse Catalogue() {
  ioc::v1::ListIndicatorsResponse catalogue;
  auto* internet = catalogue.add_indicators();
  internet->set_code("internet_users_pct");
  internet->set_unit("percent");
  internet->set_owner("stttt");
  auto* workers = catalogue.add_indicators();
  workers->set_code("trained_workers");
  workers->set_unit("person");
  return catalogue;
}

FiguresFile Read(const std::string& file, absl::string_view content,
                 const std::string& department = "") {
  const ioc::v1::ListIndicatorsResponse catalogue = Catalogue();
  return ReadFigures(file, content, department, &catalogue, kNow);
}

TEST(FiguresFileTest, FindsColumnsByTheirNames) {
  const FiguresFile file = Read("f.tsv",
                                "# published figures\n"
                                "date\tvalue\tnote\tindicator\tdepartment\treference\n"
                                "2024\t47.82%\tpress\tinternet_users_pct\tskhcn\tR1\n");
  ASSERT_THAT(file.mistakes, ElementsAre());
  ASSERT_EQ(file.figures.size(), 1u);
  EXPECT_EQ(file.figures[0].line, 3);
  EXPECT_EQ(file.figures[0].department, "skhcn");
  EXPECT_EQ(file.figures[0].event.indicator(), "internet_users_pct");
  EXPECT_EQ(file.figures[0].event.value(), 0.4782);
  EXPECT_EQ(file.figures[0].event.reference(), "R1");
  EXPECT_EQ(file.figures[0].event.event_time().seconds(), 1'735'664'400);  // 2025-01-01 +07:00
}

TEST(FiguresFileTest, ReadsCsvWithQuotes) {
  const FiguresFile file = Read("f.csv",
                                "indicator,date,numerator,denominator,note\r\n"
                                "internet_users_pct,2024-05-04,478,1000,\"a, \"\"b\"\"\"\r\n");
  ASSERT_THAT(file.mistakes, ElementsAre());
  EXPECT_EQ(file.figures[0].event.ratio().numerator(), 478);
}

TEST(FiguresFileTest, ReadsWhatASpreadsheetWithADecimalCommaWrites) {
  const FiguresFile file = Read("f.CSV",
                                "\xef\xbb\xbfindicator;date;value;note\r\n"
                                "internet_users_pct;2024;47.82%;\"a; b, c\"\r\n");
  ASSERT_THAT(file.mistakes, ElementsAre());
  EXPECT_EQ(file.figures.at(0).event.value(), 0.4782);
}

TEST(FiguresFileTest, SaysThatAFileIsNoText) {
  using ::testing::HasSubstr;
  const std::string utf16("\xff\xfei\0n\0", 6);
  EXPECT_THAT(Read("f.csv", utf16).mistakes, ElementsAre(HasSubstr("CSV UTF-8")));
  EXPECT_THAT(Read("f.xlsx", {"PK\0", 3}).mistakes, ElementsAre(HasSubstr("CSV UTF-8")));
}

TEST(FiguresFileTest, TakesTheOwnerWhereNoDepartmentIsNamed) {
  const char* content = "indicator\tdate\tvalue\ninternet_users_pct\t2024\t47.82%\n";
  EXPECT_EQ(Read("f.tsv", content).figures.at(0).department, "stttt");
  EXPECT_EQ(Read("f.tsv", content, "vpubnd").figures.at(0).department, "vpubnd");
}

TEST(FiguresFileTest, TellsEveryMistakeWithItsLine) {
  const FiguresFile file = Read("f.tsv",
                                "indicator\tdate\tvalue\n"
                                "internet_users_pct\t2024\t47.82\n"
                                "no_such\t2024\t1\n"
                                "trained_workers\tsoon\t1,5\n"
                                "trained_workers\t2024\n");
  EXPECT_THAT(
      file.mistakes,
      ElementsAre(StartsWith("f.tsv:2: value: "), "f.tsv:3: the daemon has no indicator 'no_such'",
                  StartsWith("f.tsv:4: which department sends"),
                  StartsWith("f.tsv:4: time: 'soon' is no time"), StartsWith("f.tsv:4: value: "),
                  StartsWith("f.tsv:5: has 2 fields")));
}

TEST(FiguresFileTest, RefusesNowBecauseTheFileWouldMeanSomethingElseEachTime) {
  EXPECT_THAT(Read("f.tsv", "indicator\tdate\tvalue\ninternet_users_pct\tnow\t1%\n").mistakes,
              ElementsAre(StartsWith("f.tsv:2: date: 'now'")));
}

TEST(FiguresFileTest, NamesColumnsThatAreUnknownOrMissing) {
  EXPECT_THAT(Read("f.tsv", "indicator\tvalu\n").mistakes,
              ElementsAre(StartsWith("f.tsv:1: unknown column 'valu'; allowed: department"),
                          "f.tsv:1: the column 'date' is missing"));
  EXPECT_THAT(Read("f.tsv", "# nothing\n").mistakes,
              ElementsAre("f.tsv: has no line with the names of its columns"));
}

TEST(FiguresFileTest, TakesWhatARowShowsWhereThereIsNoCatalogue) {
  const FiguresFile file = ReadFigures("f.tsv",
                                       "indicator\tdate\tvalue\n"
                                       "any_pct\t2024\t47.82%\n"
                                       "any_count\t2024\t12\n",
                                       "stttt", nullptr, kNow);
  ASSERT_THAT(file.mistakes, ElementsAre());
  EXPECT_EQ(file.figures[0].department, "stttt");
  EXPECT_EQ(file.figures[0].event.value(), 0.4782);
  EXPECT_EQ(file.figures[1].event.value(), 12);
}

TEST(FiguresFileTest, DoesNotGuessWithoutACatalogueWhetherAValueIsAPercent) {
  const FiguresFile file =
      ReadFigures("f.tsv", "indicator\tdate\tvalue\nany\t2024\t0.9\n", "stttt", nullptr, kNow);
  EXPECT_THAT(file.mistakes,
              ElementsAre("f.tsv:2: value: '0.9' may be a percent, and no daemon answers to ask; "
                          "write the sign (90%), or import once it answers"));
}

}  // namespace
}  // namespace iocctl
