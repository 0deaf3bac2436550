// Values when departments are merged and dissolved, and of members that are parts of others.

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "domain/last_event.h"
#include "domain/rollup.h"
#include "domain/scorecard.h"
#include "domain/sent_series.h"
#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

/// Old is merged into new on 6 March 2024; other goes on alone. A test may change `data` until it
/// asks or sends for the first time.
class SuccessionTest : public testing::Test {
 protected:
  enum : std::size_t { kOld, kNew, kOther };                                     // departments
  enum : std::size_t { kFlow, kStock, kRank, kOwned, kHours, kByArea, kFibre };  // indicators
  enum : std::size_t { kDistrict, kNorth, kSouth, kTown };                       // members

  SuccessionTest() {
    data.departments.resize(3);
    data.departments[kOld].valid_to = Day("2024-03-06");
    data.departments[kOld].successor = kNew;
    MemberSet& areas = data.member_sets.emplace_back();
    areas.members.resize(4);
    areas.members[kNorth].parent = kDistrict;
    areas.members[kSouth].parent = kDistrict;
    for (const Kind kind : {Kind::kFlow, Kind::kStock, Kind::kRank, Kind::kStock, Kind::kDuration,
                            Kind::kStock, Kind::kCoverage}) {
      Indicator& indicator = data.indicators.emplace_back();
      indicator.kind = kind;
      indicator.reporters = Reporters::kAll;
    }
    data.indicators[kOwned].reporters = Reporters::kOwner;
    data.indicators[kOwned].owner = kOld;
    data.indicators[kByArea].member_set = 0;
  }

  const Catalogue& catalogue() {
    if (!catalogue_) catalogue_.emplace(WithIds(std::move(data)));
    return *catalogue_;
  }
  Reading AsOf(Timestamp now, std::optional<Period> period = std::nullopt) {
    Reading reading{catalogue(), series_, now};
    reading.period = period;
    return reading;
  }

  void Send(std::size_t department, std::size_t indicator, Timestamp time, double value,
            std::optional<std::size_t> member = std::nullopt) {
    const CatalogueData& sent = catalogue().data();
    Event event;
    event.series = {sent.departments[department].id, sent.indicators[indicator].id, kNoMember};
    if (member) event.series.member = sent.member_sets[0].members[*member].id;
    event.time = time;
    event.first = value;
    series_.Apply(sent.indicators[indicator].kind, event, time);
  }

  std::optional<double> Value(std::size_t department, std::size_t indicator, Timestamp now) {
    return DepartmentValue(AsOf(now), department, indicator).value;
  }
  std::optional<double> ValueIn(const char* month, std::size_t department, std::size_t indicator) {
    return DepartmentValue(AsOf(At("2024-06-01", 9, 0), Named(month)), department, indicator).value;
  }

  CatalogueData data;

 private:
  std::optional<Catalogue> catalogue_;
  SentSeries series_;
};

const Timestamp kEve = At("2024-03-05", 23, 59);
const Timestamp kMerged = At("2024-03-06", 0, 0);
const Timestamp kAfter = At("2024-03-08", 9, 0);

TEST_F(SuccessionTest, WindowsAddUpFromTheMergerOn) {
  Send(kOld, kFlow, At("2024-03-05", 9, 0), 5);
  Send(kNew, kFlow, At("2024-03-05", 9, 0), 7);
  Send(kOther, kFlow, At("2024-03-05", 9, 0), 100);
  EXPECT_EQ(Value(kOld, kFlow, kEve), 5);
  EXPECT_EQ(Value(kNew, kFlow, kEve), 7);
  EXPECT_EQ(Value(kOld, kFlow, kMerged), std::nullopt);
  EXPECT_EQ(Value(kNew, kFlow, kMerged), 12);
  EXPECT_EQ(Value(kOther, kFlow, kMerged), 100);
  for (const Timestamp now : {kEve, kMerged}) {
    EXPECT_EQ(ProvinceValue(AsOf(now), kFlow).value, 112);
  }
}

TEST_F(SuccessionTest, OnlyThoseThatAreThereOwe) {
  data.departments[kNew].valid_from = Day("2024-03-06");
  Send(kOld, kFlow, At("2024-03-05", 9, 0), 5);
  const Combined before = ProvinceValue(AsOf(kEve), kFlow);
  EXPECT_EQ(before.owe, 2u);  // old and other
  EXPECT_EQ(before.have, 1u);
  const Combined after = ProvinceValue(AsOf(kMerged), kFlow);
  EXPECT_EQ(after.owe, 2u);  // new and other
  EXPECT_EQ(after.have, 1u);
  EXPECT_EQ(DepartmentValue(AsOf(kMerged), kOld, kFlow).owe, 0u);
}

// Both had a value before the merger; from its day on there was none until the successor sent
// again.
TEST_F(SuccessionTest, OfTwoBareFractionsTheNewerOneStands) {
  Send(kOld, kFibre, At("2024-03-01", 9, 0), 0.46);
  Send(kNew, kFibre, At("2024-03-02", 9, 0), 0.5);
  EXPECT_EQ(Value(kNew, kFibre, kAfter), 0.5);
}

// What fell short after the merger was looked for in the department that was gone.
TEST_F(SuccessionTest, ATargetToMaintainIsHeldAgainstTheSuccessorsPeriods) {
  data.indicators[kStock].direction = Direction::kHigher;
  Send(kNew, kStock, At("2024-04-20", 9, 0), 6);
  Send(kNew, kStock, At("2024-05-20", 9, 0), 8);
  Target target;
  target.department = kOld;
  target.indicator = kStock;
  target.terms.value = 7;
  target.terms.trajectory = Trajectory::kMaintain;
  target.terms.deadline = Day("2031-01-01");
  target.document_date = Day("2024-01-01");
  EXPECT_EQ(AssessTarget(AsOf(At("2024-06-10", 9, 0)), target).assessment.status,
            TargetStatus::kAtRisk);
}

TEST_F(SuccessionTest, PeriodsGoByTheirLastDay) {
  Send(kOld, kFlow, At("2024-02-20", 9, 0), 1);
  Send(kOld, kFlow, At("2024-03-02", 9, 0), 5);
  Send(kNew, kFlow, At("2024-03-20", 9, 0), 7);
  EXPECT_EQ(ValueIn("2024-02", kOld, kFlow), 1);
  EXPECT_EQ(ValueIn("2024-02", kNew, kFlow), std::nullopt);
  EXPECT_EQ(ValueIn("2024-03", kOld, kFlow), std::nullopt);
  EXPECT_EQ(ValueIn("2024-03", kNew, kFlow), 12);
  const Combined march = ProvinceValue(AsOf(At("2024-06-01", 9, 0), Named("2024-03")), kFlow);
  EXPECT_EQ(march.value, 12);
  EXPECT_EQ(march.owe, 2u);
}

TEST_F(SuccessionTest, APeriodThatIsNotOverGoesByToday) {
  Send(kOld, kFlow, At("2024-03-02", 9, 0), 5);
  EXPECT_EQ(DepartmentValue(AsOf(kEve, Named("2024-03")), kOld, kFlow).value, 5);
  EXPECT_EQ(DepartmentValue(AsOf(kEve, Named("2024-03")), kNew, kFlow).value, std::nullopt);
  EXPECT_EQ(DepartmentValue(AsOf(kMerged, Named("2024-03")), kNew, kFlow).value, 5);
}

TEST_F(SuccessionTest, QuantilesOfTheSuccessorAreThoseOfAllSamples) {
  Send(kOld, kHours, At("2024-03-05", 9, 0), 10);
  Send(kOld, kHours, At("2024-03-05", 10, 0), 20);
  Send(kNew, kHours, At("2024-03-05", 9, 0), 60);
  const Combined hours = DepartmentValue(AsOf(kMerged), kNew, kHours);
  EXPECT_EQ(hours.value, 30);
  EXPECT_EQ(hours.aggregate.max, 60);
  EXPECT_NEAR(*hours.aggregate.sketch.Quantile(0.5), 20, 0.2);
}

TEST_F(SuccessionTest, ALatestValueStandsBesideTheSuccessorsUntilThatSpeaksForBoth) {
  Send(kOld, kStock, At("2024-03-01", 9, 0), 5);
  Send(kNew, kStock, At("2024-02-01", 9, 0), 7);
  EXPECT_EQ(Value(kNew, kStock, kEve), 7);
  EXPECT_EQ(Value(kNew, kStock, kAfter), 12);
  Send(kNew, kStock, kMerged, 8);  // of the midnight itself: closes the day before
  EXPECT_EQ(Value(kNew, kStock, kAfter), 13);
  Send(kNew, kStock, At("2024-03-06", 0, 1), 11);
  EXPECT_EQ(Value(kNew, kStock, kAfter), 11);
  EXPECT_EQ(ProvinceValue(AsOf(kAfter), kStock).value, 11);
  Send(kOld, kStock, At("2024-03-05", 9, 0), 6);  // late news of before changes nothing
  EXPECT_EQ(Value(kNew, kStock, kAfter), 11);
}

TEST_F(SuccessionTest, ASuccessorThatHasSaidNothingHasWhatItTookOver) {
  data.departments[kNew].valid_from = Day("2024-03-06");
  Send(kOld, kStock, At("2024-03-01", 9, 0), 5);
  Send(kOld, kFibre, At("2024-03-01", 9, 0), 0.4782);  // a bare fraction: combines with nothing
  EXPECT_EQ(Value(kNew, kStock, kAfter), 5);
  EXPECT_EQ(Value(kNew, kFibre, kAfter), 0.4782);
  EXPECT_EQ(Value(kOld, kStock, kAfter), std::nullopt);
}

TEST_F(SuccessionTest, OfKindsThatDoNotCombineTheNewerValueStands) {
  Send(kNew, kRank, At("2024-03-01", 9, 0), 7);
  Send(kOld, kRank, At("2024-03-02", 9, 0), 5);
  EXPECT_EQ(Value(kNew, kRank, kAfter), 5);
}

TEST_F(SuccessionTest, ASuccessorsEarlierValuesCountAlsoBeforeItIsThere) {
  data.departments[kNew].valid_from = Day("2024-03-06");
  Send(kNew, kFlow, At("2024-02-20", 9, 0), 3);  // what its predecessor had left undone
  const Combined february = ProvinceValue(AsOf(At("2024-06-01", 9, 0), Named("2024-02")), kFlow);
  EXPECT_EQ(february.value, 3);
  EXPECT_EQ(february.owe, 2u);
  EXPECT_EQ(february.have, 0u);
}

TEST_F(SuccessionTest, OfADissolvedDepartmentOnlyWhatItDidRemains) {
  data.departments[kOld].successor = std::nullopt;
  Send(kOld, kFlow, At("2024-03-05", 9, 0), 5);
  Send(kOld, kStock, At("2024-03-05", 9, 0), 9);
  Send(kOther, kStock, At("2024-03-05", 9, 0), 1);
  EXPECT_EQ(ProvinceValue(AsOf(kAfter), kFlow).value, 5);
  EXPECT_EQ(ProvinceValue(AsOf(kAfter), kFlow).have, 0u);
  EXPECT_EQ(ProvinceValue(AsOf(kEve), kStock).value, 10);
  EXPECT_EQ(ProvinceValue(AsOf(kAfter), kStock).value, 1);
}

TEST_F(SuccessionTest, TheSuccessorOfAnOwnerSpeaksForTheProvince) {
  Send(kOld, kOwned, At("2024-03-01", 9, 0), 5);
  EXPECT_EQ(ProvinceValue(AsOf(kEve), kOwned).value, 5);
  EXPECT_EQ(DepartmentValue(AsOf(kEve), kNew, kOwned).owe, 0u);
  const Combined after = ProvinceValue(AsOf(kAfter), kOwned);
  EXPECT_EQ(after.value, 5);
  EXPECT_EQ(after.owe, 1u);
  Send(kNew, kOwned, At("2024-03-07", 9, 0), 6);
  EXPECT_EQ(ProvinceValue(AsOf(kAfter), kOwned).value, 6);
}

TEST_F(SuccessionTest, ATargetOfAMergedDepartmentIsHeldAgainstItsSuccessor) {
  Target target;
  target.department = kOld;
  target.indicator = kStock;
  Send(kOld, kStock, At("2024-03-01", 9, 0), 5);
  Send(kNew, kStock, At("2024-02-01", 9, 0), 7);
  EXPECT_EQ(ActualOf(AsOf(kEve), target)->value, 5);
  EXPECT_EQ(ActualOf(AsOf(kAfter), target)->value, 12);
  EXPECT_EQ(ActualOf(AsOf(kAfter), target)->data_end, At("2024-02-01", 9, 0));
}

TEST_F(SuccessionTest, TheNewestEventIsThatOfAllThatWereTakenOver) {
  Send(kOld, kFlow, At("2024-03-05", 9, 0), 5);
  Send(kNew, kFlow, At("2024-03-01", 9, 0), 7);
  EXPECT_EQ(LastEventTime(AsOf(kEve), kNew, kFlow), At("2024-03-01", 9, 0));
  EXPECT_EQ(LastEventTime(AsOf(kAfter), kNew, kFlow), At("2024-03-05", 9, 0));
  EXPECT_EQ(LastEventTime(AsOf(kAfter), kOld, kFlow), std::nullopt);
}

TEST_F(SuccessionTest, BucketsAddUpToo) {
  Send(kOld, kFlow, At("2024-03-05", 9, 0), 5);
  Send(kNew, kFlow, At("2024-03-05", 9, 0), 7);
  Send(kNew, kFlow, At("2024-03-07", 9, 0), 1);
  Reading reading = AsOf(kAfter);
  reading.window = Window::k7d;
  std::map<Timestamp, double> sums;
  for (const BucketValue& bucket : DepartmentBuckets(reading, kNew, kFlow, kNoMember)) {
    if (bucket.content.HasValue()) sums[bucket.start] = bucket.content.first;
  }
  EXPECT_EQ(sums, (std::map<Timestamp, double>{{At("2024-03-05", 9, 0), 12},
                                               {At("2024-03-07", 9, 0), 1}}));
  EXPECT_FALSE(DepartmentBuckets(reading, kOther, kFlow, kNoMember).empty());
}

TEST_F(SuccessionTest, AMemberWithPartsIsMadeOfThem) {
  Send(kNew, kByArea, At("2024-03-01", 9, 0), 1, kNorth);
  Send(kOther, kByArea, At("2024-03-01", 9, 0), 20, kSouth);
  Send(kOther, kByArea, At("2024-03-01", 9, 0), 300, kTown);
  Send(kOther, kByArea, At("2024-03-01", 9, 0), 4'000, kDistrict);  // before it had parts
  const Combined district = MemberValue(AsOf(kEve), kByArea, kDistrict);
  EXPECT_EQ(district.value, 21);
  EXPECT_EQ(district.have, 2u);
  EXPECT_EQ(district.owe, 6u);  // two parts, three departments
  EXPECT_EQ(MemberValue(AsOf(kEve), kByArea, kSouth).value, 20);
  EXPECT_EQ(DepartmentValue(AsOf(kEve), kOther, kByArea).value, 320);
  EXPECT_EQ(DepartmentValue(AsOf(kEve), kOther, kByArea, kDistrict).value, 20);
  EXPECT_EQ(ProvinceValue(AsOf(kEve), kByArea).value, 321);
}

TEST_F(SuccessionTest, MembersAreTakenOverEachForItself) {
  Send(kOld, kByArea, At("2024-03-01", 9, 0), 1, kNorth);
  Send(kOld, kByArea, At("2024-03-01", 9, 0), 20, kTown);
  Send(kNew, kByArea, At("2024-03-07", 9, 0), 300, kTown);
  EXPECT_EQ(Value(kNew, kByArea, kAfter), 301);
  EXPECT_EQ(MemberValue(AsOf(kAfter), kByArea, kNorth).value, 1);
}

}  // namespace
}  // namespace iocd::domain
