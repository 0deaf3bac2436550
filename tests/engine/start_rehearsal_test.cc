// What is said of a start before one is tried.
#include "engine/start_rehearsal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine/data_survey.h"
#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using iocd::testing::EngineHarness;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

class StartRehearsalTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(harness_.Start().ok()); }

  void Push(eventlog::Sequence sequence) {
    const auto answer = harness_.Push(harness_.MakeBatch(
        "clerk", sequence, {harness_.Event("a", "flow", kNow, static_cast<double>(sequence))},
        kNow));
    ASSERT_TRUE(answer.ok()) << answer.status();
  }
  std::string Log() const { return "/data/log/00000000000000000000.log"; }
  void FlipByte(const std::string& path, std::size_t offset) {
    std::string bytes = harness_.disk().Contents(path);
    bytes.at(offset) = static_cast<char>(bytes.at(offset) ^ 1);
    harness_.disk().SetContents(path, bytes);
  }
  std::map<std::string, std::string> Files() {
    std::map<std::string, std::string> files;
    for (const std::string& path : harness_.disk().Paths()) {
      files[path] = harness_.disk().Contents(path);
    }
    return files;
  }

  EngineHarness harness_;
};

TEST_F(StartRehearsalTest, TellsWhatAStartWouldReadAndChangesNothing) {
  Push(1);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  Push(2);
  Push(3);
  harness_.Kill();
  harness_.disk().SetContents(Log(), harness_.disk().Contents(Log()) + "torn");
  const auto before = Files();
  const StartRehearsal rehearsal = RehearseStart(harness_.disk(), "/data");
  EXPECT_TRUE(rehearsal.status.ok()) << rehearsal.status;
  EXPECT_EQ(rehearsal.recovery.batches, 2u);
  EXPECT_THAT(rehearsal.recovery.snapshot.path, HasSubstr("/data/snapshots/"));
  EXPECT_EQ(rehearsal.recovery.log.torn_bytes, 4u);
  EXPECT_EQ(Files(), before);
}

TEST_F(StartRehearsalTest, PassesOverADamagedSnapshotAndLeavesItThere) {
  Push(1);
  const auto snapshot = harness_.TakeSnapshot();
  ASSERT_TRUE(snapshot.status.ok());
  harness_.Kill();
  const std::string path = snapshot::SnapshotPath("/data/snapshots", snapshot.start);
  FlipByte(path, 60);
  const auto before = Files();
  const StartRehearsal rehearsal = RehearseStart(harness_.disk(), "/data");
  EXPECT_TRUE(rehearsal.status.ok()) << rehearsal.status;
  EXPECT_THAT(rehearsal.recovery.snapshot.damaged, SizeIs(1));
  const auto survey = SurveyData(harness_.disk(), "/data", {});
  ASSERT_TRUE(survey.ok());
  ASSERT_THAT(survey->snapshots, SizeIs(1));
  EXPECT_TRUE(absl::IsDataLoss(survey->snapshots[0].status));
  EXPECT_EQ(survey->known.position, 0u);
  EXPECT_EQ(Files(), before);
}

TEST_F(StartRehearsalTest, SaysWhatTheDaemonWouldSay) {
  Push(1);
  Push(2);
  harness_.Kill();
  FlipByte(Log(), harness_.disk().Contents(Log()).find("clerk"));
  const StartRehearsal rehearsal = RehearseStart(harness_.disk(), "/data");
  EXPECT_EQ(rehearsal.status, harness_.Start());
  EXPECT_TRUE(absl::IsDataLoss(rehearsal.status));
}

TEST_F(StartRehearsalTest, KnowsWhetherAMendWouldHelp) {
  Push(1);
  Push(2);
  harness_.Kill();
  const std::string sound = harness_.disk().Contents(Log());
  FlipByte(Log(), sound.find("clerk"));
  auto survey = SurveyData(harness_.disk(), "/data", {});
  ASSERT_TRUE(survey.ok());
  auto plan = eventlog::PlanMend(survey->log);
  ASSERT_TRUE(plan.ok());
  EXPECT_TRUE(RehearseStartAfterMend(harness_.disk(), "/data", *plan).ok());

  harness_.disk().SetContents(Log(), sound);
  FlipByte(Log(), 80);  // in the definitions
  survey = SurveyData(harness_.disk(), "/data", {});
  ASSERT_TRUE(survey.ok());
  plan = eventlog::PlanMend(survey->log);
  ASSERT_TRUE(plan.ok());
  EXPECT_TRUE(absl::IsDataLoss(RehearseStartAfterMend(harness_.disk(), "/data", *plan)));
}

TEST_F(StartRehearsalTest, ReadsDefinitionsFromTheSnapshotWhereTheLogLacksThem) {
  Push(1);
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  const auto department = static_cast<std::uint32_t>(harness_.catalogue().FindDepartment("b")->id);
  harness_.Kill();
  FlipByte(Log(), 80);
  const auto readings = PrepareToRead(harness_.disk(), "/data");
  ASSERT_TRUE(readings.ok());
  const auto* record = readings->dictionary.Find(eventlog::DefinedThing::kDepartment, department);
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->code, "b");
  EXPECT_EQ(readings->dictionary.Find(eventlog::DefinedThing::kDepartment, 0), nullptr);
  EXPECT_EQ(readings->dictionary.Find(eventlog::DefinedThing::kMember, 99), nullptr);
}

}  // namespace
}  // namespace iocd::engine
