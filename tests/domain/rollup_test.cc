#include "domain/rollup.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>

namespace iocd::domain {
namespace {

constexpr Timestamp kNow = Timestamp::FromSeconds(1'714'780'800);

enum : std::size_t { kHealth, kLabour, kCulture };  // departments
enum : std::size_t { kNorth, kSouth };              // members of the only set
enum : std::size_t {
  kReceived,      // flow, all
  kOnTime,        // ratio, all
  kHours,         // duration, all
  kOverdue,       // stock, all
  kSatisfaction,  // score, all
  kOnTimeOfAll,   // ratio of the owner, fed by kOnTime
  kEgdiRank,      // rank of the owner
  kFibre,         // coverage of the owner, no members
  kFibreByArea,   // coverage of the owner, by area
  kWorstSector,   // worst of the owner, by area
  kLinksByArea,   // stock, all, by area
  kSharedByAll,   // coverage, all
};

CatalogueData Data() {
  CatalogueData data;
  data.departments.resize(3);
  for (std::size_t i = 0; i < 3; ++i) {
    data.departments[i].code = "d" + std::to_string(i);
    data.departments[i].id = DepartmentId{static_cast<std::uint32_t>(i)};
  }
  data.member_sets.resize(1);
  data.member_sets[0].code = "areas";
  data.member_sets[0].members = {{.code = "north", .id = MemberId{1}},
                                 {.code = "south", .id = MemberId{2}}};
  const auto add = [&data](Kind kind, Reporters reporters) -> Indicator& {
    Indicator& indicator = data.indicators.emplace_back();
    indicator.code = "i" + std::to_string(data.indicators.size());
    indicator.kind = kind;
    indicator.direction = Direction::kHigher;
    indicator.reporters = reporters;
    if (reporters == Reporters::kOwner) indicator.owner = kLabour;
    indicator.id = IndicatorId{static_cast<std::uint32_t>(data.indicators.size())};
    return indicator;
  };
  add(Kind::kFlow, Reporters::kAll);
  add(Kind::kRatio, Reporters::kAll);
  add(Kind::kDuration, Reporters::kAll);
  add(Kind::kStock, Reporters::kAll);
  add(Kind::kScore, Reporters::kAll);
  add(Kind::kRatio, Reporters::kOwner).fed_by = kOnTime;
  add(Kind::kRank, Reporters::kOwner);
  add(Kind::kCoverage, Reporters::kOwner);
  add(Kind::kCoverage, Reporters::kOwner).member_set = 0;
  add(Kind::kWorst, Reporters::kOwner).member_set = 0;
  add(Kind::kStock, Reporters::kAll).member_set = 0;
  add(Kind::kCoverage, Reporters::kAll);
  return data;
}

class RollupTest : public testing::Test, public SeriesSource {
 protected:
  const Series* Find(const SeriesKey& key) const override {
    const auto found = series_.find(std::tuple(key.department, key.indicator, key.member));
    return found == series_.end() ? nullptr : &found->second;
  }

  /// Applies one event, `age` seconds before now.
  void Send(std::size_t department, std::size_t indicator, double first, double second = 0,
            MemberId member = kNoMember, std::int64_t age = 0) {
    const Indicator& of = catalogue_.data().indicators[indicator];
    Event event;
    event.time = kNow - Duration::Seconds(age);
    event.first = first;
    event.second = second;
    event.has_second = second != 0;
    const auto key = std::tuple(catalogue_.data().departments[department].id, of.id, member);
    series_.try_emplace(key, of.kind).first->second.Apply(event, event.time);
  }

  Reading At(Window window = Window::k30d) const { return {catalogue_, *this, kNow, window}; }
  Combined Province(std::size_t indicator) const { return ProvinceValue(At(), indicator); }

  Catalogue catalogue_{Data()};
  std::map<std::tuple<DepartmentId, IndicatorId, MemberId>, Series> series_;
};

constexpr MemberId kNorthId{1}, kSouthId{2};

TEST_F(RollupTest, WithoutAnyEventNothingHasAValue) {
  const Combined province = Province(kReceived);
  EXPECT_FALSE(province.value);
  EXPECT_EQ(province.have, 0u);
  EXPECT_EQ(province.owe, 3u);
  EXPECT_EQ(province.MembersRatio(), 0);
  EXPECT_FALSE(DepartmentValue(At(), kHealth, kReceived).value);
}

TEST_F(RollupTest, AFlowOfTheProvinceIsTheSumOfItsReporters) {
  Send(kHealth, kReceived, 5);
  Send(kHealth, kReceived, 7, 0, kNoMember, 3'600);
  Send(kCulture, kReceived, 30);
  EXPECT_EQ(DepartmentValue(At(), kHealth, kReceived).value, 12.0);
  const Combined province = Province(kReceived);
  EXPECT_EQ(province.value, 42.0);
  EXPECT_EQ(province.have, 2u);
  EXPECT_EQ(province.owe, 3u);
  EXPECT_LT(province.MembersRatio(), kPartialBelow);
}

TEST_F(RollupTest, ReadsTheWindowThatIsAskedFor) {
  Send(kHealth, kReceived, 5);
  Send(kHealth, kReceived, 7, 0, kNoMember, 3'600);
  EXPECT_EQ(ProvinceValue(At(Window::k1m), kReceived).value, 5.0);
  EXPECT_EQ(ProvinceValue(At(Window::k6h), kReceived).value, 12.0);
}

TEST_F(RollupTest, ARatioOfTheProvinceIsSumOverSum) {
  Send(kHealth, kOnTime, 1, 2);
  Send(kLabour, kOnTime, 90, 98);
  EXPECT_EQ(Province(kOnTime).value, 0.91);
}

TEST_F(RollupTest, AReporterWhoseDenominatorIsZeroHasNoValue) {
  Send(kHealth, kOnTime, 0, 0);
  Send(kLabour, kOnTime, 4'782, 10'000);
  Send(kCulture, kOnTime, 0, 0);
  EXPECT_FALSE(DepartmentValue(At(), kHealth, kOnTime).value);
  const Combined province = Province(kOnTime);
  EXPECT_EQ(province.value, 0.4782);
  EXPECT_EQ(province.have, 1u);
}

TEST_F(RollupTest, DurationsOfTheProvinceAreThoseOfAllSamples) {
  Send(kHealth, kHours, 10);
  Send(kHealth, kHours, 20);
  Send(kLabour, kHours, 60);
  const Combined province = Province(kHours);
  EXPECT_EQ(province.value, 30.0);  // the mean of the departments' means would be 37.5
  EXPECT_EQ(province.aggregate.events, 3u);
  EXPECT_EQ(province.aggregate.max, 60);
  EXPECT_NEAR(*province.aggregate.sketch.Quantile(0.5), 20, 0.2);
}

TEST_F(RollupTest, StocksAddAndAreAsOldAsTheOldest) {
  Send(kHealth, kOverdue, 3, 0, kNoMember, 100);
  Send(kLabour, kOverdue, 4, 0, kNoMember, 86'400 * 365);
  Send(kCulture, kOverdue, 0);
  const Combined province = Province(kOverdue);
  EXPECT_EQ(province.value, 7.0);
  EXPECT_EQ(province.MembersRatio(), 1);
  EXPECT_EQ(province.aggregate.time, kNow - Duration::Days(365));
}

TEST_F(RollupTest, ScoresWeighByTheirAnswers) {
  Send(kHealth, kSatisfaction, 0.8, 100);
  Send(kLabour, kSatisfaction, 0.5, 300);
  EXPECT_DOUBLE_EQ(*Province(kSatisfaction).value, 0.575);
}

TEST_F(RollupTest, ThePublishedFractionOfTheOwnerIsTheProvincesToTheLastDigit) {
  Send(kLabour, kFibre, 0.4782);
  const Combined province = Province(kFibre);
  EXPECT_EQ(province.value, 0.4782);
  EXPECT_EQ(province.have, 1u);
  EXPECT_EQ(province.owe, 1u);
}

TEST_F(RollupTest, BareFractionsOfSeveralReportersDoNotRollUp) {
  Send(kHealth, kSharedByAll, 0.5);
  Send(kLabour, kSharedByAll, 1, 2);
  const Combined province = Province(kSharedByAll);
  EXPECT_FALSE(province.value);
  EXPECT_EQ(province.have, 2u);
  EXPECT_EQ(DepartmentValue(At(), kHealth, kSharedByAll).value, 0.5);
}

TEST_F(RollupTest, ARankIsTheOwners) {
  Send(kLabour, kEgdiRank, 42);
  EXPECT_EQ(Province(kEgdiRank).value, 42.0);
}

TEST_F(RollupTest, OnlyTheOwnerSpeaksForTheProvince) {
  Send(kHealth, kEgdiRank, 1);
  EXPECT_FALSE(Province(kEgdiRank).value);
}

TEST_F(RollupTest, ADepartmentCombinesItsMembers) {
  Send(kLabour, kFibreByArea, 10, 40, kNorthId);
  Combined department = DepartmentValue(At(), kLabour, kFibreByArea);
  EXPECT_EQ(department.value, 0.25);
  EXPECT_EQ(department.MembersRatio(), 0.5);
  Send(kLabour, kFibreByArea, 35, 60, kSouthId);
  department = DepartmentValue(At(), kLabour, kFibreByArea);
  EXPECT_EQ(department.value, 0.45);
  EXPECT_EQ(department.MembersRatio(), 1);
  EXPECT_EQ(Province(kFibreByArea).value, 0.45);
}

TEST_F(RollupTest, OneMemberWithABareFractionLeavesTheDepartmentWithoutValue) {
  Send(kLabour, kFibreByArea, 10, 40, kNorthId);
  Send(kLabour, kFibreByArea, 0.6, 0, kSouthId);
  EXPECT_FALSE(DepartmentValue(At(), kLabour, kFibreByArea).value);
  EXPECT_EQ(MemberValue(At(), kFibreByArea, kSouth).value, 0.6);
}

TEST_F(RollupTest, TheWorstMemberStandsForTheProvince) {
  Send(kLabour, kWorstSector, 0.3, 0, kNorthId);
  Send(kLabour, kWorstSector, 0.1, 0, kSouthId);
  EXPECT_EQ(Province(kWorstSector).value, 0.1);
}

TEST_F(RollupTest, AMemberCombinesTheDepartmentsThatReportIt) {
  Send(kHealth, kLinksByArea, 2, 0, kNorthId);
  Send(kCulture, kLinksByArea, 3, 0, kNorthId);
  Send(kCulture, kLinksByArea, 40, 0, kSouthId);
  const Combined north = MemberValue(At(), kLinksByArea, kNorth);
  EXPECT_EQ(north.value, 5.0);
  EXPECT_EQ(north.have, 2u);
  EXPECT_EQ(north.owe, 3u);
  EXPECT_EQ(MemberValue(At(), kLinksByArea, kSouth).value, 40.0);
  EXPECT_EQ(Province(kLinksByArea).value, 45.0);
}

TEST_F(RollupTest, AFedIndicatorShowsTheRollUpOfTheOneThatFeedsIt) {
  Send(kHealth, kOnTime, 1, 2);
  Send(kLabour, kOnTime, 90, 98);
  Send(kLabour, kOnTimeOfAll, 1, 1);  // reported directly: the owner's own figure
  const Combined province = Province(kOnTimeOfAll);
  EXPECT_EQ(province.value, 0.91);
  EXPECT_EQ(province.owe, 3u);
  EXPECT_EQ(DepartmentValue(At(), kLabour, kOnTimeOfAll).value, 1.0);
}

Target TargetFor(std::size_t indicator, std::optional<std::size_t> department = std::nullopt) {
  Target target;
  target.indicator = indicator;
  target.department = department;
  return target;
}

TEST_F(RollupTest, ATargetOfAWindowedIndicatorIsHeldAgainstThirtyDaysUpToNow) {
  Send(kHealth, kOnTime, 1, 2, kNoMember, 86'400 * 29);
  Send(kLabour, kOnTime, 90, 98);
  const auto reading = At(Window::k1m);
  for (const std::size_t indicator : {kOnTime, kOnTimeOfAll}) {
    const std::optional<TargetActual> actual = ActualOf(reading, TargetFor(indicator));
    ASSERT_TRUE(actual);
    EXPECT_EQ(actual->value, 0.91);
    EXPECT_EQ(actual->data_end, kNow);
  }
  EXPECT_EQ(ActualOf(reading, TargetFor(kOnTime, kHealth))->value, 0.5);
}

TEST_F(RollupTest, ATargetOfALatestValueIsHeldAgainstItAtItsOwnTime) {
  Send(kLabour, kFibreByArea, 10, 40, kNorthId, 5'000);
  Send(kLabour, kFibreByArea, 35, 60, kSouthId, 70'000);
  const std::optional<TargetActual> actual = ActualOf(At(), TargetFor(kFibreByArea));
  ASSERT_TRUE(actual);
  EXPECT_EQ(actual->value, 0.45);
  EXPECT_EQ(actual->data_end, kNow - Duration::Seconds(70'000));
}

TEST_F(RollupTest, ATargetWithoutAValueHasNoActual) {
  EXPECT_FALSE(ActualOf(At(), TargetFor(kFibre)));
  EXPECT_FALSE(ActualOf(At(), TargetFor(kOnTime, kHealth)));
}

}  // namespace
}  // namespace iocd::domain
