#include "ioc/client/spool.h"

#include <filesystem>
#include <fstream>
#include <limits>

#include "gmock/gmock.h"
#include "spool_batches.h"
#include "spool_files.h"
#include "sqlite.h"

namespace ioc::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(SpoolTest, KeepsWhatWasPutInUnderSequencesFromOne) {
  AppendEach(*Open(), {"a", "b"});
  AppendEach(*Open(), {"c"});
  const auto spool = Open();
  const SpoolState state = StateOf(*spool);
  EXPECT_EQ(state.department, "stp");
  EXPECT_EQ(state.producer, "mot-cua");
  EXPECT_EQ(state.waiting_batches, 3);
  EXPECT_EQ(state.waiting_events, 3);
  EXPECT_GT(state.waiting_bytes, 0);
  EXPECT_EQ(state.oldest_waiting, kMorning);
  EXPECT_EQ(state.next_sequence, 4);
  EXPECT_TRUE(state.is_new);
  EXPECT_THAT(Waiting(*spool), ElementsAre("1:a", "2:b", "3:c"));
}

TEST_F(SpoolTest, PutsInNothingWhereThereIsNothing) {
  const auto spool = Open();
  EXPECT_TRUE(spool->Append({}, kMorning).ok());
  EXPECT_EQ(StateOf(*spool).waiting_batches, 0);
}

TEST_F(SpoolTest, SplitsWhatIsMoreThanADaemonTakesInOneBatch) {
  const auto spool = Open();
  ASSERT_TRUE(
      spool->Append(std::vector<v1::Event>(kMaxBatchEvents + 1, MakeSpoolEvent("")), kMorning)
          .ok());
  ASSERT_TRUE(
      spool
          ->Append(std::vector<v1::Event>(3, MakeSpoolEvent(std::string(2'000'000, 'x'))), kMorning)
          .ok());
  const auto batches = spool->TakeToSend(0, 10, std::numeric_limits<std::int64_t>::max());
  ASSERT_TRUE(batches.ok());
  std::vector<int> events;
  for (const auto& batch : *batches) {
    events.push_back(batch.events_size());
    EXPECT_LE(batch.ByteSizeLong(), kMaxBatchBytes);
  }
  EXPECT_THAT(events, ElementsAre(kMaxBatchEvents, 1, 2, 1));
}

TEST_F(SpoolTest, RefusesEventsThatNoDaemonCouldReadAndKeepsNoneOfTheirCall) {
  const auto spool = Open();
  const auto refused = [&](const v1::Event& event, const char* words) {
    const absl::Status status = spool->Append({MakeSpoolEvent("good"), event}, kMorning);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(words));
  };
  refused(MakeSpoolEvent(std::string(5'000'000, 'x')), "event 1 (from 0) has 5000");
  refused(MakeSpoolEvent("\xff"), "event 1 (from 0) has text that is not UTF-8");
  v1::Event timeless = MakeSpoolEvent("");
  timeless.mutable_event_time()->set_seconds(1'000'000'000'000);
  refused(timeless, "event 1 (from 0) has an event_time of 1000000000000 s");
  EXPECT_EQ(StateOf(*spool).waiting_batches, 0);
}

TEST_F(SpoolTest, TakesNothingMoreWhenItIsFullAndSaysWhatWaits) {
  SpoolOptions options = Options();
  options.max_bytes = 1'000;
  const auto spool = Open(options);
  AppendEach(*spool, {std::string(600, 'a')});
  const absl::Status status = spool->Append({MakeSpoolEvent(std::string(600, 'b'))}, kMorning);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(status.message()), HasSubstr("of 1000 wait since 2026-11-18T"));
  EXPECT_EQ(StateOf(*spool).waiting_batches, 1);
  // The limit is the spool's, not of the program that opens it.
  EXPECT_FALSE(Open()->Append({MakeSpoolEvent(std::string(600, 'b'))}, kMorning).ok());
}

TEST_F(SpoolTest, PutsEventsInOnceForEachName) {
  ASSERT_TRUE(Open()->AppendOnce("figures.tsv", {MakeSpoolEvent("a")}, kMorning).ok());
  const auto spool = Open();
  const absl::Status status = spool->AppendOnce("figures.tsv", {MakeSpoolEvent("a")}, kMorning);
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(status.message()), HasSubstr("'figures.tsv' was put into the spool"));
  ASSERT_TRUE(spool->AppendOnce("other.tsv", {MakeSpoolEvent("b")}, kMorning).ok());
  EXPECT_THAT(Waiting(*spool), ElementsAre("1:a", "2:b"));
}

TEST_F(SpoolTest, BelongsToOneProducer) {
  Open();
  SpoolOptions other = Options();
  other.producer = "other";
  const auto refused = Spool::OpenOrMake(other, kMorning);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("belongs to department 'stp', producer 'mot-cua', not to department 'stp', "
                        "producer 'other'"));
  other.producer = std::string(65, 'x');
  EXPECT_EQ(Spool::OpenOrMake(other, kMorning).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(SpoolTest, SaysThatThereIsNoneInADirectory) {
  const auto missing = Spool::Open(directory());
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.status().message()),
              HasSubstr("there is no spool in " + directory()));
}

TEST_F(SpoolTest, RefusesANewerFormat) {
  Open();
  ASSERT_TRUE(
      (*Database::Open(directory() + "/spool.db", false))->Run("PRAGMA user_version = 2").ok());
  const auto refused = Spool::Open(directory());
  EXPECT_EQ(refused.status(),
            absl::FailedPreconditionError("the spool in " + directory() +
                                          " has format 2; this program knows formats up to 1. Use "
                                          "the newer program"));
  EXPECT_EQ(Spool::OpenOrMake(Options(), kMorning).status(), refused.status());
}

TEST_F(SpoolTest, RefusesAFileThatIsNoSpool) {
  std::filesystem::create_directory(directory());
  std::ofstream(directory() + "/spool.db") << std::string(10'000, 'x');
  EXPECT_EQ(Spool::OpenOrMake(Options(), kMorning).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(SpoolTest, TriesTheDiskWithoutLeavingATrace) {
  const auto spool = Open();
  AppendEach(*spool, {"a"});
  EXPECT_TRUE(spool->TestWrite().ok());
  EXPECT_THAT(Waiting(*spool), ElementsAre("1:a"));
}

}  // namespace
}  // namespace ioc::client
