#include "ioc/client/publisher.h"

#include <future>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scripted_ingest.h"

namespace ioc::client {
namespace {

using ::testing::ElementsAre;

/// A publisher whose answers and dead letters are kept. They may be read after Flush() or Close().
class Recorder {
 public:
  PublisherOptions Options() {
    PublisherOptions options;
    options.department = "stttt";
    options.producer = "test";
    options.max_batch_events = 2;
    options.backoff = {.initial = absl::Milliseconds(1), .maximum = absl::Milliseconds(5)};
    options.on_answer = [this](const Answer& answer) { answers.push_back(answer); };
    options.on_dead_letter = [this](const DeadLetter& letter) { letters.push_back(letter); };
    return options;
  }

  std::vector<std::uint64_t> sequences() const {
    std::vector<std::uint64_t> result;
    for (const Answer& answer : answers) result.push_back(answer.sequence);
    return result;
  }

  std::vector<Answer> answers;
  std::vector<DeadLetter> letters;
};

v1::Event MakeEvent(const std::string& reference) {
  v1::Event event;
  event.set_indicator("dossiers_received");
  event.set_value(1);
  event.set_reference(reference);
  return event;
}

void PublishAll(Publisher& publisher, const std::vector<std::string>& references) {
  for (const std::string& reference : references) {
    ASSERT_TRUE(publisher.Publish(MakeEvent(reference)).ok());
  }
}

TEST(PublisherTest, AnswersEveryBatchInOrder) {
  ScriptedIngest daemon(AcceptAll);
  Recorder recorder;
  PublisherOptions options = recorder.Options();
  options.first_sequence = 7;
  Publisher publisher(daemon.target(), options);
  PublishAll(publisher, {"a", "b", "c", "d", "e"});
  ASSERT_TRUE(publisher.Flush().ok());
  EXPECT_THAT(recorder.sequences(), ElementsAre(7, 8, 9));
  EXPECT_EQ(recorder.answers[2].response.accepted(), 1u);
  EXPECT_EQ(publisher.next_sequence(), 10u);
}

TEST(PublisherTest, SendsAnIncompleteBatchWithoutBeingAsked) {
  ScriptedIngest daemon(AcceptAll);
  Recorder recorder;
  PublisherOptions options = recorder.Options();
  options.max_delay = absl::Milliseconds(1);
  std::promise<void> answered;
  options.on_answer = [&](const Answer&) { answered.set_value(); };
  Publisher publisher(daemon.target(), options);
  PublishAll(publisher, {"a"});
  answered.get_future().wait();
}

TEST(PublisherTest, RepeatsTheSameBatchWhenTheStreamDiesBeforeItsAnswer) {
  int tries = 0;
  ScriptedIngest daemon([&](const v1::PushRequest& request) -> std::optional<v1::PushResponse> {
    if (++tries <= 2) return std::nullopt;
    return AcceptAll(request);
  });
  Recorder recorder;
  Publisher publisher(daemon.target(), recorder.Options());
  PublishAll(publisher, {"a", "b"});
  ASSERT_TRUE(publisher.Flush().ok());
  const std::vector<v1::PushRequest> received = daemon.received();
  ASSERT_EQ(received.size(), 3u);
  EXPECT_EQ(received[0].SerializeAsString(), received[1].SerializeAsString());
  EXPECT_EQ(received[0].SerializeAsString(), received[2].SerializeAsString());
  EXPECT_THAT(recorder.sequences(), ElementsAre(1));
}

TEST(PublisherTest, LosesNothingWhenTheDaemonRestarts) {
  ScriptedIngest daemon(AcceptAll);
  Recorder recorder;
  PublisherOptions options = recorder.Options();
  options.max_in_flight = 4;
  Publisher publisher(daemon.target(), options);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(publisher.Publish(MakeEvent("x")).ok());
    daemon.Restart();
  }
  ASSERT_TRUE(publisher.Flush().ok());
  ASSERT_EQ(recorder.answers.size(), 75u);
  for (std::size_t i = 0; i < recorder.answers.size(); ++i) {
    EXPECT_EQ(recorder.answers[i].sequence, i + 1);
    EXPECT_TRUE(recorder.answers[i].status.ok());
  }
}

TEST(PublisherTest, TriesABusyBatchAgainAndLetsLaterOnesPass) {
  std::map<std::uint64_t, int> tries;
  ScriptedIngest daemon([&](const v1::PushRequest& request) -> std::optional<v1::PushResponse> {
    v1::PushResponse response = AcceptAll(request);
    if (request.sequence() == 2 && ++tries[2] == 1) {
      response.clear_accepted();
      response.mutable_error()->set_code(grpc::StatusCode::RESOURCE_EXHAUSTED);
      response.mutable_error()->mutable_retry_after()->set_nanos(1'000'000);
    }
    return response;
  });
  Recorder recorder;
  Publisher publisher(daemon.target(), recorder.Options());
  PublishAll(publisher, {"a", "b", "c", "d", "e", "f"});
  ASSERT_TRUE(publisher.Flush().ok());
  EXPECT_THAT(recorder.sequences(), ElementsAre(1, 2, 3));
  EXPECT_EQ(tries[2], 2);
}

TEST(PublisherTest, TellsOfEachRefusedEventWithItsReason) {
  ScriptedIngest daemon([](const v1::PushRequest& request) {
    v1::PushResponse response = AcceptAll(request);
    response.set_accepted(1);
    v1::Rejection* rejection = response.add_rejected();
    rejection->set_index(1);
    rejection->set_code(v1::OUT_OF_RANGE);
    rejection->set_message("send 0.4632");
    return response;
  });
  Recorder recorder;
  Publisher publisher(daemon.target(), recorder.Options());
  PublishAll(publisher, {"a", "b"});
  ASSERT_TRUE(publisher.Flush().ok());
  ASSERT_EQ(recorder.letters.size(), 1u);
  EXPECT_EQ(recorder.letters[0].event.reference(), "b");
  EXPECT_EQ(recorder.letters[0].code, "OUT_OF_RANGE");
  EXPECT_EQ(recorder.letters[0].message, "send 0.4632");
  EXPECT_EQ(recorder.letters[0].index, 1u);
}

TEST(PublisherTest, TellsOfEveryEventOfABatchThatIsRefusedAsAWhole) {
  ScriptedIngest daemon([](const v1::PushRequest& request) {
    v1::PushResponse response = AcceptAll(request);
    response.mutable_error()->set_code(grpc::StatusCode::ALREADY_EXISTS);
    response.mutable_error()->set_message("used");
    return response;
  });
  Recorder recorder;
  Publisher publisher(daemon.target(), recorder.Options());
  PublishAll(publisher, {"a", "b"});
  ASSERT_TRUE(publisher.Flush().ok());
  ASSERT_EQ(recorder.letters.size(), 2u);
  EXPECT_EQ(recorder.letters[0].code, "ALREADY_EXISTS");
  EXPECT_EQ(recorder.letters[1].index, 1u);
  EXPECT_EQ(recorder.answers[0].status, absl::AlreadyExistsError("used"));
}

TEST(PublisherTest, TellsOfEventsWhoseAnswerTheDaemonNoLongerKnows) {
  ScriptedIngest daemon([](const v1::PushRequest& request) {
    v1::PushResponse response;
    response.set_sequence(request.sequence());
    response.set_duplicate(true);
    response.set_answer_expired(true);
    return response;
  });
  Recorder recorder;
  Publisher publisher(daemon.target(), recorder.Options());
  PublishAll(publisher, {"a"});
  ASSERT_TRUE(publisher.Flush().ok());
  ASSERT_EQ(recorder.letters.size(), 1u);
  EXPECT_EQ(recorder.letters[0].code, "ANSWER_EXPIRED");
}

TEST(PublisherTest, GivesUpOnADaemonThatIsNotThere) {
  Recorder recorder;
  PublisherOptions options = recorder.Options();
  options.give_up_after = absl::Milliseconds(5);
  Publisher publisher("127.0.0.1:1", options);
  PublishAll(publisher, {"a"});
  ASSERT_TRUE(publisher.Flush().ok());
  ASSERT_EQ(recorder.answers.size(), 1u);
  EXPECT_EQ(recorder.answers[0].status.code(), absl::StatusCode::kUnavailable);
}

TEST(PublisherTest, SendsABatchAsItIsAndTellsOfTheTriesThatFailed) {
  int tries = 0;
  ScriptedIngest daemon([&](const v1::PushRequest& request) -> std::optional<v1::PushResponse> {
    if (++tries == 1) return std::nullopt;
    return AcceptAll(request);
  });
  Recorder recorder;
  PublisherOptions options = recorder.Options();
  std::vector<absl::Status> failures;
  options.on_failure = [&](const absl::Status& status) { failures.push_back(status); };
  Publisher publisher(daemon.target(), options);
  v1::PushRequest request;
  request.set_department("stp");
  request.set_producer("ready-made");
  request.set_sequence(41);
  *request.add_events() = MakeEvent("a");
  ASSERT_TRUE(publisher.PublishBatch(request).ok());
  ASSERT_TRUE(publisher.Flush().ok());
  EXPECT_THAT(recorder.sequences(), ElementsAre(41));
  EXPECT_EQ(daemon.received().back().SerializeAsString(), request.SerializeAsString());
  EXPECT_THAT(failures, ElementsAre(absl::UnavailableError("scripted end")));
}

// A stopped daemon keeps its connections and reads nothing: once the stream's window was full, the
// publisher waited in its write, and Close() for ever.
TEST(PublisherTest, GivesUpOnADaemonThatReadsAndAnswersNothing) {
  std::promise<void> released;
  const std::shared_future<void> release = released.get_future().share();
  ScriptedIngest daemon([&](const v1::PushRequest& request) {
    release.wait();
    return AcceptAll(request);
  });
  Recorder recorder;
  PublisherOptions options = recorder.Options();
  options.give_up_after = absl::Milliseconds(5);
  Publisher publisher(daemon.target(), options);
  const std::string large(400'000, 'x');
  PublishAll(publisher, std::vector<std::string>(20, large));
  EXPECT_TRUE(publisher.Close().ok());
  std::size_t events = 0;
  for (const Answer& answer : recorder.answers) {
    EXPECT_EQ(answer.status.code(), absl::StatusCode::kUnavailable) << answer.status;
    events += answer.events;
  }
  EXPECT_EQ(events, 20u);
  released.set_value();
}

TEST(PublisherTest, TellsNothingMoreOnceItIsClosed) {
  std::promise<void> arrived, released;
  ScriptedIngest daemon([&](const v1::PushRequest& request) {
    arrived.set_value();
    released.get_future().wait();
    return AcceptAll(request);
  });
  int answers = 0;
  PublisherOptions options = Recorder().Options();
  options.on_answer = [&](const Answer&) { ++answers; };
  options.on_dead_letter = nullptr;
  Publisher publisher(daemon.target(), options);
  PublishAll(publisher, {"a", "b"});
  arrived.get_future().wait();
  EXPECT_EQ(publisher.Close(absl::ZeroDuration()).code(), absl::StatusCode::kDeadlineExceeded);
  released.set_value();
  EXPECT_EQ(answers, 0);
  EXPECT_TRUE(publisher.Close().ok());  // again: nothing to do
}

TEST(PublisherTest, ClosesWhileBatchesAreStillUnanswered) {
  PublisherOptions options = Recorder().Options();
  options.on_answer = nullptr;
  options.on_dead_letter = nullptr;
  Publisher publisher("127.0.0.1:1", options);
  PublishAll(publisher, {"a"});
  EXPECT_EQ(publisher.Close(absl::ZeroDuration()).code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(publisher.Publish(MakeEvent("b")).code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace ioc::client
