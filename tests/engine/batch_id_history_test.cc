#include "engine/batch_id_history.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace iocd::engine {
namespace {

using Kind = Verdict::Kind;

const Timestamp kStart = Timestamp::FromSeconds(1'700'000'000);

TEST(BatchIdHistoryTest, TellsARepeatFromAReuse) {
  BatchIdHistory history;
  EXPECT_EQ(history.Judge("p", "id", {7, 0}).kind, Kind::kNew);
  history.Take("p", "id", kStart, {.content = {7, 0}});
  EXPECT_EQ(history.Judge("p", "id", {7, 0}).kind, Kind::kRepeat);
  EXPECT_EQ(history.Judge("p", "id", {8, 0}).kind, Kind::kReused);
}

TEST(BatchIdHistoryTest, KeepsTheIdsOfTwoProducersApart) {
  BatchIdHistory history;
  history.Take("p", "1x", kStart, {.content = {7, 0}});
  EXPECT_EQ(history.Judge("q", "1x", {7, 0}).kind, Kind::kNew);
  EXPECT_EQ(history.Judge("p1", "x", {7, 0}).kind, Kind::kNew);
}

TEST(BatchIdHistoryTest, ForgetsAnIdAfterItsHorizonOfArrivalTime) {
  BatchIdHistory history;
  history.Take("p", "old", kStart, {});
  history.Take("p", "in time", kStart + limits::kBatchIdHorizon, {});
  EXPECT_EQ(history.Judge("p", "old", {}).kind, Kind::kRepeat);
  history.Take("p", "late", kStart + limits::kBatchIdHorizon + Duration::Seconds(1), {});
  EXPECT_EQ(history.Judge("p", "old", {}).kind, Kind::kNew);
  EXPECT_EQ(history.Judge("p", "in time", {}).kind, Kind::kRepeat);
}

}  // namespace
}  // namespace iocd::engine
