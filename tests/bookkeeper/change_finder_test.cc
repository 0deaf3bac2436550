#include "bookkeeper/change_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace iocd::bookkeeper {
namespace {

using ledger::Change;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Timestamp At(std::int64_t seconds) { return Timestamp::FromSeconds(seconds); }

Observation Status(const std::string& text, std::optional<double> actual, bool flows = false) {
  return {{kTargetStatus, "province", "growth", "2025"}, text, actual, flows};
}

Observation Freshness(const std::string& text) {
  return {{kFreshness, "stp", "growth", ""}, text, std::nullopt};
}

Change ChangeTo(const Observation& seen, Timestamp at) {
  return {seen.key, at, seen.text, seen.value};
}

TEST(ChangeFinderTest, FindsEverythingWhenNothingIsKnown) {
  ChangeFinder finder({});
  const Observation status = Status("on_track", 0.4), fresh = Freshness("due");
  EXPECT_THAT(finder.Find({status, fresh}, At(1)),
              ElementsAre(ChangeTo(status, At(1)), ChangeTo(fresh, At(1))));
  EXPECT_THAT(finder.Find({status, fresh}, At(2)), IsEmpty());
}

TEST(ChangeFinderTest, GoesOnFromWhatWasWrittenBefore) {
  const Observation status = Status("on_track", 0.4), late = Freshness("late");
  ChangeFinder finder({ChangeTo(status, At(1)), ChangeTo(Freshness("due"), At(1))});
  EXPECT_THAT(finder.Find({status, late}, At(9)), ElementsAre(ChangeTo(late, At(9))))
      << "what did not change while nobody looked is not written twice";
}

TEST(ChangeFinderTest, AnActualThatChangesIsAChange) {
  ChangeFinder finder({ChangeTo(Status("on_track", 0.4), At(1))});
  const Observation more = Status("on_track", 0.5), none = Status("on_track", std::nullopt);
  EXPECT_THAT(finder.Find({more}, At(2)), ElementsAre(ChangeTo(more, At(2))));
  EXPECT_THAT(finder.Find({none}, At(3)), ElementsAre(ChangeTo(none, At(3))));
}

TEST(ChangeFinderTest, TheActualOfARollingWindowIsNotedOnceAnHour) {
  ChangeFinder finder({ChangeTo(Status("on_track", 40, true), At(0))});
  EXPECT_THAT(finder.Find({Status("on_track", 41, true)}, At(3'599)), IsEmpty());
  const Observation later = Status("on_track", 42, true);
  EXPECT_THAT(finder.Find({later}, At(3'600)), ElementsAre(ChangeTo(later, At(3'600))));
}

TEST(ChangeFinderTest, TheActualOfARollingWindowIsNotedWithEachStatus) {
  ChangeFinder finder({ChangeTo(Status("on_track", 40, true), At(0))});
  const Observation status = Status("at_risk", 39, true);
  EXPECT_THAT(finder.Find({status}, At(1)), ElementsAre(ChangeTo(status, At(1))));
}

TEST(ChangeFinderTest, WhatIsNoLongerObservedEndsOnce) {
  const Observation status = Status("on_track", 0.4);
  ChangeFinder finder({ChangeTo(status, At(1))});
  const Change end = {status.key, At(5), std::nullopt, std::nullopt};
  EXPECT_THAT(finder.Find({}, At(5)), ElementsAre(end));
  EXPECT_THAT(finder.Find({}, At(6)), IsEmpty());
  EXPECT_THAT(finder.Find({status}, At(7)), ElementsAre(ChangeTo(status, At(7))));
}

TEST(ChangeFinderTest, WhatHadEndedBeforeIsNotEndedAgain) {
  ChangeFinder finder({{Status("", 0).key, At(5), std::nullopt, std::nullopt}});
  EXPECT_THAT(finder.Find({}, At(6)), IsEmpty());
}

}  // namespace
}  // namespace iocd::bookkeeper
