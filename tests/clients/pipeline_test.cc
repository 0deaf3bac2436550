#include "pipeline.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ioc::client {
namespace {

using ::testing::ElementsAre;

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

PublisherOptions Options() {
  PublisherOptions options;
  options.department = "stttt";
  options.producer = "test";
  options.max_batch_events = 2;
  options.max_delay = absl::Milliseconds(100);
  options.max_in_flight = 3;
  options.backoff = {
      .initial = absl::Seconds(1), .maximum = absl::Seconds(8), .multiplier = 2, .jitter = 0.5};
  options.random = [] { return 0.0; };
  return options;
}

v1::Event MakeEvent(const std::string& reference) {
  v1::Event event;
  event.set_indicator("dossiers_received");
  event.set_value(1);
  event.set_reference(reference);
  return event;
}

v1::PushResponse Accepted(std::uint64_t sequence) {
  v1::PushResponse response;
  response.set_sequence(sequence);
  response.set_accepted(2);
  return response;
}

v1::PushResponse Refused(std::uint64_t sequence, absl::StatusCode code,
                         std::int64_t retry_seconds = 0) {
  v1::PushResponse response;
  response.set_sequence(sequence);
  response.mutable_error()->set_code(static_cast<int>(code));
  response.mutable_error()->set_message("no");
  if (retry_seconds > 0)
    response.mutable_error()->mutable_retry_after()->set_seconds(retry_seconds);
  return response;
}

void AddBatches(Pipeline& pipeline, int count, absl::Time now) {
  for (int i = 0; i < 2 * count; ++i) {
    ASSERT_TRUE(pipeline.Add(MakeEvent(std::to_string(i)), now).ok());
  }
}

/// Sequences of all batches that are due.
std::vector<std::uint64_t> Send(Pipeline& pipeline, absl::Time now) {
  std::vector<std::uint64_t> sequences;
  while (const auto batch = pipeline.TakeToSend(now)) sequences.push_back(batch->sequence());
  return sequences;
}

std::vector<std::uint64_t> Settled(Pipeline& pipeline) {
  std::vector<std::uint64_t> sequences;
  for (const Outcome& outcome : pipeline.TakeOutcomes()) {
    sequences.push_back(outcome.request->sequence());
  }
  return sequences;
}

TEST(PipelineTest, SendsABatchAsSoonAsItIsFull) {
  Pipeline pipeline(Options());
  ASSERT_TRUE(pipeline.Add(MakeEvent("a"), kStart).ok());
  EXPECT_EQ(pipeline.TakeToSend(kStart), nullptr);
  ASSERT_TRUE(pipeline.Add(MakeEvent("b"), kStart).ok());
  const auto batch = pipeline.TakeToSend(kStart);
  ASSERT_NE(batch, nullptr);
  EXPECT_EQ(batch->department(), "stttt");
  EXPECT_EQ(batch->producer(), "test");
  EXPECT_EQ(batch->sequence(), 1u);
  EXPECT_EQ(batch->events_size(), 2);
}

TEST(PipelineTest, SendsAnIncompleteBatchAfterTheDelay) {
  Pipeline pipeline(Options());
  ASSERT_TRUE(pipeline.Add(MakeEvent("a"), kStart).ok());
  EXPECT_EQ(pipeline.WakeAt(), kStart + absl::Milliseconds(100));
  EXPECT_EQ(pipeline.TakeToSend(kStart + absl::Milliseconds(99)), nullptr);
  EXPECT_NE(pipeline.TakeToSend(kStart + absl::Milliseconds(100)), nullptr);
}

TEST(PipelineTest, StartsANewBatchBeforeOneExceedsItsBytes) {
  PublisherOptions options = Options();
  options.max_batch_events = 100;
  options.max_batch_bytes = 100;
  Pipeline pipeline(options);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(pipeline.Add(MakeEvent("0123456789"), kStart).ok());
  const auto batch = pipeline.TakeToSend(kStart);
  ASSERT_NE(batch, nullptr);
  EXPECT_EQ(batch->events_size(), 2);
}

TEST(PipelineTest, RefusesAnEventThatIsLargerThanABatch) {
  PublisherOptions options = Options();
  options.max_batch_bytes = 100;
  Pipeline pipeline(options);
  EXPECT_EQ(pipeline.Add(MakeEvent(std::string(200, 'x')), kStart).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(pipeline.IsIdle());
}

TEST(PipelineTest, HasNoRoomBeyondTheBatchesInFlight) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 3, kStart);
  EXPECT_FALSE(pipeline.HasRoom());
  EXPECT_THAT(Send(pipeline, kStart), ElementsAre(1, 2, 3));
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(1), kStart));
  EXPECT_THAT(Settled(pipeline), ElementsAre(1));
  EXPECT_TRUE(pipeline.HasRoom());
}

TEST(PipelineTest, NumbersBatchesByIdIfAPrefixIsGiven) {
  PublisherOptions options = Options();
  options.batch_id_prefix = "run";
  Pipeline pipeline(options);
  AddBatches(pipeline, 2, kStart);
  EXPECT_EQ(pipeline.TakeToSend(kStart)->batch_id(), "run-1");
  EXPECT_EQ(pipeline.TakeToSend(kStart)->batch_id(), "run-2");
  v1::PushResponse response;
  response.set_batch_id("run-1");
  EXPECT_TRUE(pipeline.OnAnswer(response, kStart));
}

TEST(PipelineTest, RepeatsUnansweredBatchesUnderTheSameSequenceAfterALostStream) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 3, kStart);
  const auto first_try = pipeline.TakeToSend(kStart);
  Send(pipeline, kStart);
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(1), kStart));
  pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, kStart);
  EXPECT_THAT(Settled(pipeline), ElementsAre(1));
  EXPECT_EQ(pipeline.WakeAt(), kStart + absl::Seconds(1));
  EXPECT_THAT(Send(pipeline, kStart + absl::Milliseconds(999)), ElementsAre());
  EXPECT_THAT(Send(pipeline, kStart + absl::Seconds(1)), ElementsAre(2, 3));
}

TEST(PipelineTest, WaitsLongerWithEachLostStreamUntilAnAnswerComes) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 1, kStart);
  absl::Time now = kStart;
  for (const int seconds : {1, 2, 4, 8, 8}) {
    ASSERT_THAT(Send(pipeline, now), ElementsAre(1));
    pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, now);
    ASSERT_EQ(pipeline.WakeAt(), now + absl::Seconds(seconds));
    now = pipeline.WakeAt();
  }
  Send(pipeline, now);
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(1), now));
  AddBatches(pipeline, 1, now);
  Send(pipeline, now);
  pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, now);
  EXPECT_EQ(pipeline.WakeAt(), now + absl::Seconds(1));
}

TEST(PipelineTest, ObeysTheDelayThatTheDaemonAsksFor) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 1, kStart);
  Send(pipeline, kStart);
  ASSERT_TRUE(pipeline.OnAnswer(Refused(1, absl::StatusCode::kResourceExhausted, 30), kStart));
  EXPECT_EQ(pipeline.WakeAt(), kStart + absl::Seconds(30));
  EXPECT_THAT(Send(pipeline, kStart + absl::Seconds(29)), ElementsAre());
  EXPECT_THAT(Send(pipeline, kStart + absl::Seconds(30)), ElementsAre(1));
}

TEST(PipelineTest, HoldsLaterAnswersBackUntilABusyBatchIsAnswered) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 3, kStart);
  Send(pipeline, kStart);
  ASSERT_TRUE(pipeline.OnAnswer(Refused(1, absl::StatusCode::kUnavailable), kStart));
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(2), kStart));
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(3), kStart));
  EXPECT_THAT(Settled(pipeline), ElementsAre());
  EXPECT_THAT(Send(pipeline, kStart + absl::Seconds(1)), ElementsAre(1));
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(1), kStart + absl::Seconds(1)));
  EXPECT_THAT(Settled(pipeline), ElementsAre(1, 2, 3));
  EXPECT_TRUE(pipeline.IsIdle());
}

TEST(PipelineTest, DoesNotRepeatABatchThatHasToBeMendedFirst) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 1, kStart);
  Send(pipeline, kStart);
  ASSERT_TRUE(pipeline.OnAnswer(Refused(1, absl::StatusCode::kAlreadyExists), kStart));
  const std::vector<Outcome> outcomes = pipeline.TakeOutcomes();
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(outcomes[0].status, absl::AlreadyExistsError("no"));
  EXPECT_TRUE(pipeline.IsIdle());
}

TEST(PipelineTest, FailsEverythingWhenTheDaemonRefusesTheSender) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 2, kStart);
  Send(pipeline, kStart);
  pipeline.OnStreamLost(absl::PermissionDeniedError("no"), std::nullopt, kStart);
  EXPECT_THAT(Settled(pipeline), ElementsAre(1, 2));
}

TEST(PipelineTest, OutlastsTheRefusalOfTheSenderIfAskedTo) {
  PublisherOptions options = Options();
  options.outlast_refusal_of_sender = true;
  Pipeline pipeline(options);
  AddBatches(pipeline, 2, kStart);
  Send(pipeline, kStart);
  pipeline.OnStreamLost(absl::UnauthenticatedError("who?"), std::nullopt, kStart);
  EXPECT_EQ(pipeline.TakeFailure(), absl::UnauthenticatedError("who?"));
  const absl::Time later = kStart + absl::Seconds(1);
  EXPECT_THAT(Send(pipeline, later), ElementsAre(1, 2));
  ASSERT_TRUE(pipeline.OnAnswer(Refused(1, absl::StatusCode::kPermissionDenied), later));
  ASSERT_TRUE(pipeline.OnAnswer(Refused(2, absl::StatusCode::kAlreadyExists), later));
  EXPECT_EQ(pipeline.TakeFailure(), absl::PermissionDeniedError("no"));
  EXPECT_THAT(Send(pipeline, later + absl::Seconds(2)), ElementsAre(1));
  EXPECT_EQ(pipeline.TakeFailure(), absl::OkStatus());
}

TEST(PipelineTest, GivesUpOnceNoAnswerHasComeForTooLong) {
  PublisherOptions options = Options();
  options.give_up_after = absl::Seconds(10);
  Pipeline pipeline(options);
  AddBatches(pipeline, 1, kStart);
  Send(pipeline, kStart);
  pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, kStart);
  EXPECT_THAT(Settled(pipeline), ElementsAre());
  Send(pipeline, kStart + absl::Seconds(10));
  pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, kStart + absl::Seconds(10));
  EXPECT_THAT(Settled(pipeline), ElementsAre(1));
}

// The time to give up was looked at when something failed, so that a daemon that was stopped, which
// leaves the connection as it is, held a sender for ever.
TEST(PipelineTest, KnowsWhenToGiveUpOnADaemonThatIsConnectedButSilent) {
  PublisherOptions options = Options();
  options.give_up_after = absl::Seconds(10);
  Pipeline pipeline(options);
  EXPECT_EQ(pipeline.GiveUpAt(), absl::InfiniteFuture());
  AddBatches(pipeline, 2, kStart);
  Send(pipeline, kStart);
  EXPECT_EQ(pipeline.GiveUpAt(), kStart + absl::Seconds(10));
  const absl::Time answered = kStart + absl::Seconds(3);
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(1), answered));
  const absl::Time give_up_at = answered + absl::Seconds(10);
  EXPECT_EQ(pipeline.GiveUpAt(), give_up_at);
  pipeline.OnStreamLost(absl::CancelledError("by us, for its silence"), std::nullopt, give_up_at);
  const std::vector<Outcome> outcomes = pipeline.TakeOutcomes();
  ASSERT_EQ(outcomes.size(), 2u);
  EXPECT_TRUE(outcomes[0].status.ok());
  EXPECT_EQ(outcomes[1].status, absl::UnavailableError("the daemon does not answer"));
  EXPECT_EQ(pipeline.GiveUpAt(), absl::InfiniteFuture());
}

TEST(PipelineTest, GivesUpBetweenTwoTriesWithTheWordsOfTheLastOne) {
  PublisherOptions options = Options();
  options.give_up_after = absl::Seconds(10);
  Pipeline pipeline(options);
  AddBatches(pipeline, 1, kStart);
  Send(pipeline, kStart);
  pipeline.OnStreamLost(absl::ResourceExhaustedError("busy"), absl::Minutes(10), kStart);
  EXPECT_FALSE(pipeline.GiveUp(kStart + absl::Seconds(9)));
  EXPECT_TRUE(pipeline.GiveUp(kStart + absl::Seconds(10)));
  const std::vector<Outcome> outcomes = pipeline.TakeOutcomes();
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(outcomes[0].status, absl::ResourceExhaustedError("busy"));
}

// An idle stream that the daemon ended at night counted as the begin of a failure, so that the
// first stumble of the morning was taken for a night of vain tries.
TEST(PipelineTest, DoesNotCountAStreamThatEndedIdleAsTheBeginOfAFailure) {
  PublisherOptions options = Options();
  options.give_up_after = absl::Seconds(10);
  Pipeline pipeline(options);
  AddBatches(pipeline, 1, kStart);
  Send(pipeline, kStart);
  ASSERT_TRUE(pipeline.OnAnswer(Accepted(1), kStart));
  EXPECT_THAT(Settled(pipeline), ElementsAre(1));
  pipeline.OnStreamLost(absl::UnavailableError("restart"), std::nullopt, kStart);

  const absl::Time morning = kStart + absl::Hours(8);
  AddBatches(pipeline, 1, morning);
  EXPECT_THAT(Send(pipeline, morning), ElementsAre(2));
  pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, morning);
  EXPECT_THAT(Settled(pipeline), ElementsAre());
}

// A refusal that needs a person is an answer too: the daemon is there.
TEST(PipelineTest, CountsARefusalAsAnAnswerWhenItMeasuresForHowLongNoneCame) {
  PublisherOptions options = Options();
  options.give_up_after = absl::Seconds(10);
  Pipeline pipeline(options);
  AddBatches(pipeline, 1, kStart);
  Send(pipeline, kStart);
  pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, kStart);
  const absl::Time later = kStart + absl::Seconds(1);
  Send(pipeline, later);
  ASSERT_TRUE(pipeline.OnAnswer(Refused(1, absl::StatusCode::kAlreadyExists), later));
  EXPECT_THAT(Settled(pipeline), ElementsAre(1));

  const absl::Time much_later = kStart + absl::Hours(1);
  AddBatches(pipeline, 1, much_later);
  Send(pipeline, much_later);
  pipeline.OnStreamLost(absl::UnavailableError("gone"), std::nullopt, much_later);
  EXPECT_THAT(Settled(pipeline), ElementsAre());
  EXPECT_EQ(pipeline.WakeAt(), much_later + absl::Seconds(1));
}

TEST(PipelineTest, DistrustsAnAnswerToABatchThatWasNotSent) {
  Pipeline pipeline(Options());
  AddBatches(pipeline, 2, kStart);
  EXPECT_FALSE(pipeline.OnAnswer(Accepted(1), kStart));
  Send(pipeline, kStart);
  EXPECT_FALSE(pipeline.OnAnswer(Accepted(2), kStart));
}

}  // namespace
}  // namespace ioc::client
