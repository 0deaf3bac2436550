#include "ledger_fixture.h"

namespace iocd::ledger {
namespace {

using ::testing::ElementsAre;

class LedgerWaiversTest : public LedgerTest {
 protected:
  static Waiver OfStorm(std::optional<std::string> indicator) {
    return {.department = "stnmt",
            .indicator = std::move(indicator),
            .first = domain::CivilDate::FromYearMonthDay(2024, 9, 7),
            .last = domain::CivilDate::FromYearMonthDay(2024, 9, 15),
            .reason = "bão số 3",
            .author = "Văn phòng UBND",
            .document_date = domain::CivilDate::FromYearMonthDay(2024, 9, 6)};
  }

  void Set(std::optional<std::vector<Waiver>> waivers, std::int64_t seconds) {
    Apply(*ledger_,
          {.recorded_at = Timestamp::FromSeconds(seconds), .waivers = std::move(waivers)});
  }
  std::vector<std::string> Waivers() { return LinesOf(Reader()->Waivers()); }

  const std::unique_ptr<Ledger> ledger_ = Open();
};

TEST_F(LedgerWaiversTest, RecordsEachOnceWhileItStands) {
  Set({{OfStorm(std::nullopt), OfStorm("dossiers")}}, 1);
  Set({{OfStorm("dossiers"), OfStorm(std::nullopt), OfStorm("dossiers")}}, 2);
  EXPECT_THAT(Waivers(),
              ElementsAre("stnmt * 2024-09-07..2024-09-15 'bão số 3' Văn phòng UBND 2024-09-06 @1 "
                          "withdrawn -",
                          "stnmt dossiers 2024-09-07..2024-09-15 'bão số 3' Văn phòng UBND "
                          "2024-09-06 @1 withdrawn -"));
}

TEST_F(LedgerWaiversTest, KeepsOneThatLeftTheCatalogueAndRecordsItAnewWhenItComesBack) {
  Set({{OfStorm(std::nullopt)}}, 1);
  Set({{}}, 2);
  Set(std::nullopt, 3);
  Set({{OfStorm(std::nullopt)}}, 4);
  EXPECT_THAT(Waivers(),
              ElementsAre("stnmt * 2024-09-07..2024-09-15 'bão số 3' Văn phòng UBND 2024-09-06 @1 "
                          "withdrawn @2",
                          "stnmt * 2024-09-07..2024-09-15 'bão số 3' Văn phòng UBND 2024-09-06 @4 "
                          "withdrawn -"));
}

TEST_F(LedgerWaiversTest, LeavesThemAsTheyAreInAnUpdateThatSaysNothingOfThem) {
  Set({{OfStorm(std::nullopt)}}, 1);
  Set(std::nullopt, 2);
  EXPECT_THAT(Waivers(),
              ElementsAre("stnmt * 2024-09-07..2024-09-15 'bão số 3' Văn phòng UBND 2024-09-06 @1 "
                          "withdrawn -"));
}

TEST_F(LedgerWaiversTest, RecordsAChangedReasonAsAnotherWaiver) {
  Waiver other = OfStorm(std::nullopt);
  other.reason = "lũ";
  Set({{OfStorm(std::nullopt)}}, 1);
  Set({{other}}, 2);
  EXPECT_THAT(Waivers(),
              ElementsAre("stnmt * 2024-09-07..2024-09-15 'bão số 3' Văn phòng UBND 2024-09-06 @1 "
                          "withdrawn @2",
                          "stnmt * 2024-09-07..2024-09-15 'lũ' Văn phòng UBND 2024-09-06 @2 "
                          "withdrawn -"));
}

}  // namespace
}  // namespace iocd::ledger
