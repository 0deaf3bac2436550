#include "bookkeeper/agenda.h"

#include <gtest/gtest.h>

#include "support/test_catalogue.h"

namespace iocd::bookkeeper {
namespace {

using Round = Agenda::Round;

class AgendaTest : public ::testing::Test {
 protected:
  /// 10:00:00 on 5 March 2024, and so many seconds.
  static ClockReading After(std::int64_t seconds) {
    const Timestamp begin = domain::CivilDate::FromYearMonthDay(2024, 3, 5).Start();
    return {begin + Duration::Seconds(36'000 + seconds), Duration::Seconds(500 + seconds)};
  }
  Round Due(std::int64_t seconds) { return agenda_.Due(After(seconds), &catalogue_); }
  void Begin(Round round, std::int64_t seconds) {
    agenda_.Began(round, After(seconds), &catalogue_);
  }

  const domain::Catalogue catalogue_ = iocd::testing::TestCatalogue();
  Agenda agenda_;
};

TEST_F(AgendaTest, FirstGoesThroughTheWhole) { EXPECT_EQ(Due(0), Round::kWhole); }

TEST_F(AgendaTest, GoesThroughWhatHasChangedOnceAMinute) {
  Begin(Round::kWhole, 0);
  EXPECT_EQ(Due(59), Round::kNone);
  EXPECT_EQ(Due(60), Round::kChanged);
  Begin(Round::kChanged, 75);
  EXPECT_EQ(Due(134), Round::kNone);
  EXPECT_EQ(Due(135), Round::kChanged);
}

TEST_F(AgendaTest, GoesThroughTheWholeOnceAnHour) {
  Begin(Round::kWhole, 0);
  Begin(Round::kChanged, 3'599);
  EXPECT_EQ(Due(3'599), Round::kNone);
  EXPECT_EQ(Due(3'600), Round::kWhole);
}

TEST_F(AgendaTest, GoesThroughTheWholeWhenADayBegins) {
  constexpr std::int64_t kMidnight = std::int64_t{14} * 3'600;
  Begin(Round::kWhole, kMidnight - 10);
  EXPECT_EQ(Due(kMidnight - 1), Round::kNone);
  EXPECT_EQ(Due(kMidnight), Round::kWhole);
}

TEST_F(AgendaTest, GoesThroughTheWholeWithAnotherCatalogue) {
  Begin(Round::kWhole, 0);
  const domain::Catalogue other = iocd::testing::TestCatalogue();
  EXPECT_EQ(agenda_.Due(After(1), &other), Round::kWhole);
}

TEST_F(AgendaTest, AClockThatIsSetBackDelaysNothing) {
  Begin(Round::kWhole, 0);
  ClockReading back = After(60);
  back.wall = back.wall - Duration::Seconds(7'200);
  EXPECT_EQ(agenda_.Due(back, &catalogue_), Round::kChanged);
}

TEST_F(AgendaTest, LooksForHistoryOnceASecond) {
  EXPECT_TRUE(agenda_.HistoryIsDue({}));
  agenda_.LookedForHistory(Duration::Seconds(7));
  EXPECT_FALSE(agenda_.HistoryIsDue({7'999'999'999}));
  EXPECT_TRUE(agenda_.HistoryIsDue(Duration::Seconds(8)));
}

TEST_F(AgendaTest, TriesAgainAWhileAfterAFailure) {
  EXPECT_TRUE(agenda_.MayTry({}));
  agenda_.Failed(Duration::Seconds(100), /*damaged=*/false);
  EXPECT_FALSE(agenda_.MayTry(Duration::Seconds(109)));
  EXPECT_TRUE(agenda_.MayTry(Duration::Seconds(110)));
}

TEST_F(AgendaTest, TriesADamagedFileMuchLater) {
  agenda_.Failed(Duration::Seconds(100), /*damaged=*/true);
  EXPECT_FALSE(agenda_.MayTry(Duration::Seconds(3'699)));
  EXPECT_TRUE(agenda_.MayTry(Duration::Seconds(3'700)));
}

}  // namespace
}  // namespace iocd::bookkeeper
