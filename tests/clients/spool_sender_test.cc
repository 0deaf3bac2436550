#include "ioc/client/spool_sender.h"

#include <future>
#include <thread>

#include "gmock/gmock.h"
#include "ioc/client/channel.h"
#include "ioc/client/resume.h"
#include "scripted_ingest.h"
#include "spool_files.h"

namespace ioc::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SpoolSenderTest : public SpoolTest {
 protected:
  SpoolSenderOptions SenderOptions(const std::string& target) {
    return {.target = target,
            .until_empty = true,
            .backoff = {.initial = absl::Milliseconds(1), .maximum = absl::Milliseconds(5)},
            .now = [] { return kMorning; },
            .log = [this](const std::string& line) { log_.push_back(line); },
            .on_filed = [this](std::uint64_t events) { filed_ += events; }};
  }

  std::unique_ptr<SpoolSender> Make(SpoolSenderOptions options) {
    auto sender = SpoolSender::Make(Open(), std::move(options));
    EXPECT_TRUE(sender.ok()) << sender.status();
    return sender.ok() ? *std::move(sender) : nullptr;
  }

  absl::Status SendAll(const std::string& target) { return Make(SenderOptions(target))->Run(); }

  std::vector<std::string> log_;
  std::uint64_t filed_ = 0;
};

std::vector<std::string> Received(ScriptedIngest& daemon) {
  std::vector<std::string> texts;
  for (const v1::PushRequest& batch : daemon.received()) {
    texts.push_back(std::to_string(batch.sequence()) + ":" + batch.events(0).reference());
  }
  return texts;
}

std::optional<v1::PushResponse> RefuseAll(const v1::PushRequest& request) {
  v1::PushResponse response = AcceptAll(request);
  response.mutable_error()->set_code(grpc::StatusCode::INVALID_ARGUMENT);
  return response;
}

TEST(ResumeTest, SaysWhereTheDaemonSeesTheProducer) {
  ScriptedIngest daemon(AcceptAll);
  const auto channel = Connect(daemon.target());
  EXPECT_EQ(Resume(channel, "stp", "mot-cua", absl::Seconds(30)).status().code(),
            absl::StatusCode::kUnimplemented);
  daemon.set_last_sequence(17);
  const auto response = Resume(channel, "stp", "mot-cua", absl::Seconds(30));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->last_sequence(), 17u);
}

// A sender that was started while the daemon was away found it only after ten seconds: gRPC had not
// looked again, and a call fails at once where the last look failed.
TEST(ResumeTest, FindsADaemonThatHasComeSinceTheLastTry) {
  ScriptedIngest daemon(AcceptAll);
  daemon.set_last_sequence(17);
  const auto channel = Connect(daemon.target());
  daemon.Stop();
  EXPECT_EQ(Resume(channel, "stp", "mot-cua", absl::Seconds(30)).status().code(),
            absl::StatusCode::kUnavailable);
  daemon.Start();
  const auto response = Resume(channel, "stp", "mot-cua", absl::Seconds(30));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->last_sequence(), 17u);
}

TEST_F(SpoolSenderTest, SendsWhatWaitsInOrderAndFilesTheAnswers) {
  ScriptedIngest daemon(AcceptAll);
  daemon.set_last_sequence(0);
  AppendEach(*Open(), {"a", "b", "c"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  EXPECT_THAT(Received(daemon), ElementsAre("1:a", "2:b", "3:c"));
  EXPECT_EQ(filed_, 3u);
  EXPECT_EQ(StateOf(*Open()).waiting_batches, 0);
  EXPECT_EQ(StateOf(*Open()).last_answered_sequence, 3);
  EXPECT_THAT(log_, SizeIs(0));
}

TEST_F(SpoolSenderTest, SendsWhatIsPutInWhileItRuns) {
  ScriptedIngest daemon(AcceptAll);
  daemon.set_last_sequence(0);
  std::promise<void> filed;
  SpoolSenderOptions options = SenderOptions(daemon.target());
  options.until_empty = false;
  options.on_filed = [&](std::uint64_t) { filed.set_value(); };
  const auto sender = Make(options);
  std::thread running([&] { EXPECT_TRUE(sender->Run().ok()); });
  AppendEach(*Open(), {"a"});
  filed.get_future().wait();
  sender->Stop();
  running.join();
  EXPECT_THAT(Received(daemon), ElementsAre("1:a"));
}

TEST_F(SpoolSenderTest, SaysOnceThatTheLineIsLostAndOnceThatItIsBack) {
  int tries = 0;
  ScriptedIngest daemon([&](const v1::PushRequest& request) -> std::optional<v1::PushResponse> {
    if (++tries <= 5) return std::nullopt;
    return AcceptAll(request);
  });
  daemon.set_last_sequence(0);
  AppendEach(*Open(), {"a"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  ASSERT_THAT(log_, SizeIs(2));
  EXPECT_THAT(log_[0], HasSubstr("takes nothing: UNAVAILABLE: scripted end"));
  EXPECT_THAT(log_[1], HasSubstr("answers again"));
}

TEST_F(SpoolSenderTest, SendsNothingFromANewSpoolBeforeItKnowsWhereTheProducerStands) {
  ScriptedIngest daemon(AcceptAll);
  AppendEach(*Open(), {"a", "b"});
  std::promise<void> told;
  SpoolSenderOptions options = SenderOptions(daemon.target());
  options.log = [&, lines = 0](const std::string& line) mutable {
    if (++lines > 1) return;
    EXPECT_THAT(line, HasSubstr("older than this program"));
    told.set_value();
  };
  const auto sender = Make(options);
  std::thread running([&] { EXPECT_TRUE(sender->Run().ok()); });
  told.get_future().wait();
  EXPECT_THAT(Received(daemon), SizeIs(0));
  daemon.set_last_sequence(40);
  running.join();
  EXPECT_THAT(Received(daemon), ElementsAre("41:a", "42:b"));
}

TEST_F(SpoolSenderTest, GoesOnWithAnOlderDaemonOnceItHasSent) {
  ScriptedIngest daemon(AcceptAll);
  AppendEach(*Open(), {"a"});
  ASSERT_TRUE(Open()->Resume(0, kMorning).ok());
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  EXPECT_THAT(Received(daemon), ElementsAre("1:a"));
}

TEST_F(SpoolSenderTest, NumbersABatchOfARestoredSpoolAnewWhereTheDaemonHasOtherContent) {
  ScriptedIngest daemon([](const v1::PushRequest& request) {
    v1::PushResponse response = AcceptAll(request);
    if (request.sequence() <= 20) {
      response.clear_accepted();
      response.mutable_error()->set_code(grpc::StatusCode::ALREADY_EXISTS);
    }
    return response;
  });
  daemon.set_last_sequence(20);
  ASSERT_TRUE(Open()->Resume(0, kMorning).ok());
  AppendEach(*Open(), {"a"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  EXPECT_THAT(Received(daemon), ElementsAre("1:a", "21:a"));
  EXPECT_EQ(StateOf(*Open()).dead_letters, 0);
  ASSERT_THAT(log_, SizeIs(1));
  EXPECT_THAT(log_[0], HasSubstr("up to 20 that this spool did not send"));
}

TEST_F(SpoolSenderTest, RaisesAnAlarmWhereTheDaemonHasLostWhatItAnswered) {
  ScriptedIngest daemon(AcceptAll);
  daemon.set_last_sequence(0);
  AppendEach(*Open(), {"a", "b"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  daemon.set_last_sequence(1);
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  ASSERT_THAT(log_, SizeIs(1));
  EXPECT_THAT(log_[0], HasSubstr("up to 1 only, but had answered for 2"));
}

// The alarm was gone with the next batch, whose sequence is above what was lost.
TEST_F(SpoolSenderTest, KeepsTheAlarmUntilSomebodyAcknowledgesIt) {
  ScriptedIngest daemon(AcceptAll);
  daemon.set_last_sequence(0);
  AppendEach(*Open(), {"a", "b", "c"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  daemon.set_last_sequence(1);
  AppendEach(*Open(), {"d"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  daemon.set_last_sequence(4);
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  EXPECT_TRUE(StateOf(*Open()).lost_at.has_value());
  EXPECT_EQ(StateOf(*Open()).lost_from, 2);
  EXPECT_EQ(StateOf(*Open()).lost_through, 3);
  EXPECT_EQ(StateOf(*Open()).last_answered_sequence, 4);
  ASSERT_TRUE(Open()->AcknowledgeLoss().ok());
  EXPECT_FALSE(StateOf(*Open()).lost_at.has_value());
}

TEST_F(SpoolSenderTest, LetsNoRefusedBatchBlockThoseAfterIt) {
  ScriptedIngest daemon([](const v1::PushRequest& request) {
    return request.sequence() == 1 ? RefuseAll(request) : AcceptAll(request);
  });
  daemon.set_last_sequence(0);
  AppendEach(*Open(), {"a", "b"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  EXPECT_EQ(StateOf(*Open()).dead_letters, 1);
  EXPECT_EQ(StateOf(*Open()).total_accepted, 1);
}

TEST_F(SpoolSenderTest, StopsRatherThanLosesARefusedEvent) {
  ScriptedIngest daemon(RefuseAll);
  daemon.set_last_sequence(0);
  SpoolOptions options = Options();
  options.max_dead_letters = 1;
  AppendEach(*Open(options), {"a"});
  ASSERT_TRUE(SendAll(daemon.target()).ok());
  AppendEach(*Open(), {"b"});
  const absl::Status status = SendAll(daemon.target());
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("keeps 1 refused events of 1 allowed"));
  EXPECT_EQ(StateOf(*Open()).waiting_batches, 1);
}

TEST_F(SpoolSenderTest, IsTheOnlySenderOfItsSpool) {
  auto spool = Open();
  EXPECT_FALSE(SpoolHasSender(directory()));
  auto first = SpoolSender::Make(std::move(spool), SenderOptions("127.0.0.1:1"));
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(SpoolHasSender(directory()));
  const auto second = SpoolSender::Make(Open(), SenderOptions("127.0.0.1:1"));
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("another program sends"));
  first->reset();
  EXPECT_TRUE(SpoolSender::Make(Open(), SenderOptions("127.0.0.1:1")).ok());
}

TEST_F(SpoolSenderTest, StopsWhileNoDaemonIsThere) {
  AppendEach(*Open(), {"a"});
  std::promise<void> lost;
  SpoolSenderOptions options = SenderOptions("127.0.0.1:1");
  options.log = [&](const std::string&) { lost.set_value(); };
  const auto sender = Make(options);
  std::thread running([&] { EXPECT_TRUE(sender->Run().ok()); });
  lost.get_future().wait();
  sender->Stop();
  running.join();
  EXPECT_EQ(StateOf(*Open()).waiting_batches, 1);
  EXPECT_THAT(StateOf(*Open()).last_failure, HasSubstr("UNAVAILABLE"));
}

}  // namespace
}  // namespace ioc::client
