// What the sender does to a spool: numbers, answers, dead letters.
#include <limits>

#include "gmock/gmock.h"
#include "ioc/client/spool.h"
#include "spool_files.h"

namespace ioc::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const absl::Time kNoon = kMorning + absl::Hours(4);

Answer Accepted(std::uint64_t sequence) {
  Answer answer{.sequence = sequence, .events = 1};
  answer.response.set_accepted(1);
  return answer;
}

Answer Failed(std::uint64_t sequence, const absl::Status& status) {
  return {.sequence = sequence, .events = 1, .status = status};
}

std::vector<std::string> Letters(Spool& spool) {
  std::vector<std::string> texts;
  const auto letters = spool.DeadLetters(0, 1'000);
  EXPECT_TRUE(letters.ok()) << letters.status();
  for (const SpooledLetter& letter : *letters) {
    texts.push_back(std::to_string(letter.sequence) + "/" + std::to_string(letter.letter.index) +
                    " " + letter.letter.code + " " + letter.letter.event.reference());
  }
  return texts;
}

TEST_F(SpoolTest, ForgetsABatchOnceItIsAnswered) {
  const auto spool = Open();
  AppendEach(*spool, {"a", "b"});
  EXPECT_THAT(Waiting(*spool), ElementsAre("1:a", "2:b"));
  Answer repeated = Accepted(2);
  repeated.response.set_duplicate(true);
  ASSERT_TRUE(spool->Settle({Accepted(1), repeated, Accepted(1)}, kNoon).ok());
  const SpoolState state = StateOf(*Open());
  EXPECT_EQ(state.waiting_batches, 0);
  EXPECT_EQ(state.waiting_events, 0);
  EXPECT_EQ(state.waiting_bytes, 0);
  EXPECT_EQ(state.total_accepted, 1);
  EXPECT_EQ(state.total_duplicate, 1);
  EXPECT_EQ(state.last_answered_sequence, 2);
  EXPECT_EQ(state.last_answer, kNoon);
  EXPECT_EQ(state.dead_letters, 0);
}

TEST_F(SpoolTest, KeepsEachRefusedEventWithItsReason) {
  const auto spool = Open();
  ASSERT_TRUE(spool->Append({MakeSpoolEvent("a"), MakeSpoolEvent("b")}, kMorning).ok());
  Answer answer = Accepted(1);
  v1::Rejection* rejection = answer.response.add_rejected();
  rejection->set_index(1);
  rejection->set_code(v1::OUT_OF_RANGE);
  rejection->set_message("send 0.4632");
  ASSERT_TRUE(spool->Settle({answer}, kNoon).ok());
  EXPECT_THAT(Letters(*spool), ElementsAre("1/1 OUT_OF_RANGE b"));
  const SpooledLetter letter = (*spool->DeadLetters(0, 1))[0];
  EXPECT_EQ(letter.at, kNoon);
  EXPECT_EQ(letter.letter.message, "send 0.4632");
  EXPECT_EQ(letter.letter.event.SerializeAsString(), MakeSpoolEvent("b").SerializeAsString());
}

TEST_F(SpoolTest, KeepsTheEventsOfBatchesThatSendingAgainCannotMend) {
  const auto spool = Open();
  AppendEach(*spool, {"a", "b", "c"});
  Answer expired = Accepted(3);
  expired.response.set_duplicate(true);
  expired.response.set_answer_expired(true);
  ASSERT_TRUE(spool
                  ->Settle({Failed(1, absl::AlreadyExistsError("used")),
                            Failed(2, absl::InvalidArgumentError("no")), expired},
                           kNoon)
                  .ok());
  EXPECT_THAT(Letters(*spool), ElementsAre("1/0 ALREADY_EXISTS a", "2/0 INVALID_ARGUMENT b",
                                           "3/0 ANSWER_EXPIRED c"));
  const SpoolState state = StateOf(*spool);
  EXPECT_EQ(state.waiting_batches, 0);
  EXPECT_EQ(state.dead_letters, 3);
  EXPECT_EQ(state.last_answered_sequence, 3);
}

TEST_F(SpoolTest, RemovesTheDeadLettersThatItIsToldTo) {
  const auto spool = Open();
  AppendEach(*spool, {"a", "b"});
  ASSERT_TRUE(spool->Settle({Failed(1, absl::InvalidArgumentError("no"))}, kNoon).ok());
  const std::int64_t seen = (*spool->DeadLetters(0, 10)).back().id;
  ASSERT_TRUE(spool->Settle({Failed(2, absl::InvalidArgumentError("no"))}, kNoon).ok());
  ASSERT_TRUE(spool->RemoveDeadLetters(seen).ok());
  EXPECT_THAT(Letters(*spool), ElementsAre("2/0 INVALID_ARGUMENT b"));
  EXPECT_EQ(StateOf(*spool).dead_letters, 1);
  EXPECT_EQ(StateOf(*spool).total_dead_letters, 2);
}

TEST_F(SpoolTest, HandsBatchesOutInOrderAndWithinBytes) {
  const auto spool = Open();
  AppendEach(*spool, {std::string(500, 'a'), std::string(500, 'b'), std::string(500, 'c')});
  const auto sequences = [&](std::int64_t after, int batches, std::int64_t bytes) {
    std::vector<std::uint64_t> result;
    const auto taken = spool->TakeToSend(after, batches, bytes);
    EXPECT_TRUE(taken.ok()) << taken.status();
    for (const auto& batch : *taken) result.push_back(batch.sequence());
    return result;
  };
  EXPECT_THAT(sequences(0, 10, 1), ElementsAre(1));
  EXPECT_EQ(StateOf(*Open()).sent_through, 1);
  EXPECT_THAT(sequences(1, 1, 10'000), ElementsAre(2));
  EXPECT_THAT(sequences(0, 10, 1'200), ElementsAre(1, 2));
  EXPECT_EQ(StateOf(*Open()).sent_through, 2);
}

TEST_F(SpoolTest, GivesTheBatchesOfANewSpoolNumbersAboveThoseThatTheDaemonHas) {
  const auto spool = Open();
  AppendEach(*spool, {"a", "b"});
  const auto left_out = spool->Resume(1'000, kNoon);
  ASSERT_TRUE(left_out.ok()) << left_out.status();
  EXPECT_TRUE(*left_out);
  AppendEach(*spool, {"c"});
  EXPECT_THAT(Waiting(*spool), ElementsAre("1001:a", "1002:b", "1003:c"));
  std::int64_t bytes = 0;
  const auto taken = spool->TakeToSend(0, 10, 10'000);
  ASSERT_TRUE(taken.ok());
  for (const auto& batch : *taken) {
    bytes += static_cast<std::int64_t>(batch.ByteSizeLong());
  }
  EXPECT_EQ(StateOf(*spool).waiting_bytes, bytes);
  EXPECT_FALSE(StateOf(*spool).is_new);
}

TEST_F(SpoolTest, LeavesNumbersAloneThatTheDaemonKnowsFromThisSpool) {
  const auto spool = Open();
  ASSERT_TRUE(spool->Resume(0, kNoon).ok());
  AppendEach(*spool, {"a", "b", "c"});
  ASSERT_TRUE(spool->TakeToSend(0, 2, 10'000).ok());  // and the answers were lost
  const auto left_out = spool->Resume(2, kNoon);
  ASSERT_TRUE(left_out.ok());
  EXPECT_FALSE(*left_out);
  EXPECT_THAT(Waiting(*spool), ElementsAre("1:a", "2:b", "3:c"));
}

// The daemon has 1 to 20 of this producer; the copy that was restored had sent 1 only. "b" waited
// in the copy, "c" was put in after it was restored: what the daemon has as 2 may be "b" or not.
TEST_F(SpoolTest, SendsTheBatchesOfARestoredCopyOnceWhicheverTheDaemonHas) {
  const auto spool = Open();
  ASSERT_TRUE(spool->Resume(0, kMorning).ok());
  AppendEach(*spool, {"a"});
  ASSERT_THAT(Waiting(*spool), ElementsAre("1:a"));
  ASSERT_TRUE(spool->Settle({Accepted(1)}, kMorning).ok());
  AppendEach(*spool, {"b", "c"});
  const auto left_out = spool->Resume(20, kNoon);
  ASSERT_TRUE(left_out.ok());
  EXPECT_TRUE(*left_out);
  AppendEach(*spool, {"d"});
  EXPECT_THAT(Waiting(*spool), ElementsAre("2:b", "3:c", "21:d"));
  Answer known = Accepted(2);
  known.response.set_duplicate(true);
  ASSERT_TRUE(
      spool->Settle({known, Failed(3, absl::AlreadyExistsError("other content"))}, kNoon).ok());
  EXPECT_THAT(Waiting(*spool), ElementsAre("21:d", "22:c"));
  EXPECT_EQ(StateOf(*spool).waiting_events, 2);
  EXPECT_EQ(StateOf(*spool).dead_letters, 0);
  // Of a number that is this spool's own, other content is somebody's mistake.
  ASSERT_TRUE(spool->Settle({Failed(22, absl::AlreadyExistsError("other content"))}, kNoon).ok());
  EXPECT_THAT(Letters(*spool), ElementsAre("22/0 ALREADY_EXISTS c"));
}

TEST_F(SpoolTest, SaysThatARestoredBatchMayBeCountedWhereTheDaemonNoLongerKnows) {
  const auto spool = Open();
  ASSERT_TRUE(spool->Resume(0, kMorning).ok());
  AppendEach(*spool, {"a"});
  ASSERT_TRUE(spool->Resume(9'000, kNoon).ok());
  Answer expired = Accepted(1);
  expired.response.set_duplicate(true);
  expired.response.set_answer_expired(true);
  ASSERT_TRUE(spool->Settle({expired}, kNoon).ok());
  EXPECT_THAT((*spool->DeadLetters(0, 1))[0].letter.message,
              HasSubstr("restored from an older copy"));
}

TEST_F(SpoolTest, RefusesToGoOnWhereThereAreNoNumbersLeft) {
  EXPECT_EQ(Open()->Resume(std::numeric_limits<std::uint64_t>::max(), kNoon).status().code(),
            absl::StatusCode::kOutOfRange);
}

TEST_F(SpoolTest, RemembersWhatTheLastTryMetUntilAnAnswerComes) {
  const auto spool = Open();
  AppendEach(*spool, {"a", "b"});
  ASSERT_TRUE(spool->TakeToSend(0, 1, 10'000).ok());
  ASSERT_TRUE(spool->NoteFailure(absl::UnavailableError("gone"), kNoon).ok());
  EXPECT_EQ(StateOf(*spool).last_failure, "UNAVAILABLE: gone");
  EXPECT_EQ(StateOf(*spool).last_failure_at, kNoon);
  ASSERT_TRUE(spool->Settle({Accepted(1)}, kNoon).ok());
  EXPECT_EQ(StateOf(*spool).last_failure, "");
  EXPECT_EQ(StateOf(*spool).last_failure_at, std::nullopt);
}

}  // namespace
}  // namespace ioc::client
