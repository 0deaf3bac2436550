#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using ::testing::HasSubstr;

const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

class EngineTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(harness_.Start().ok()); }

  Batch OneEvent(eventlog::BatchKey key, double value, const std::string& producer = "p") {
    return harness_.MakeBatch(producer, std::move(key), {harness_.Event("a", "flow", kNow, value)},
                              kNow);
  }

  void Restart() {
    harness_.Kill();
    ASSERT_TRUE(harness_.Start().ok());
  }

  domain::Aggregate Flow() {
    domain::Aggregate read;
    harness_.engine().Read([&](const State& state) {
      const domain::Series* series = state.Find(harness_.Key("a", "flow"));
      if (series != nullptr) read = series->InWindow(domain::Window::k1h, kNow);
    });
    return read;
  }

  iocd::testing::EngineHarness harness_;
};

TEST_F(EngineTest, AReadAfterTheAnswerIncludesTheBatch) {
  const auto answer = harness_.Push(OneEvent(eventlog::Sequence{1}, 5));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->accepted, 1u);
  EXPECT_FALSE(answer->duplicate);
  EXPECT_EQ(Flow().first, 5);
}

TEST_F(EngineTest, CountsAChangeForWhatIsAppliedBeforeItIsAnsweredAndNoneForARepeat) {
  const std::uint64_t before = harness_.engine().Changes();
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  const std::uint64_t after = harness_.engine().Changes();
  EXPECT_GT(after, before);
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  EXPECT_EQ(harness_.engine().Changes(), after);
  ASSERT_TRUE(harness_.ChangeCatalogue(iocd::testing::TestCatalogueData()).ok());
  EXPECT_GT(harness_.engine().Changes(), after);
}

TEST_F(EngineTest, CountsARepeatedSequenceOnceAlsoAfterARestart) {
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  EXPECT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5))->duplicate);
  Restart();
  const auto repeat = harness_.Push(OneEvent(eventlog::Sequence{1}, 5));
  ASSERT_TRUE(repeat.ok());
  EXPECT_TRUE(repeat->duplicate);
  EXPECT_EQ(repeat->accepted, 1u);
  EXPECT_EQ(Flow().events, 1u);
}

TEST_F(EngineTest, RefusesASequenceWithOtherContentAlsoAfterARestart) {
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(harness_.Push(OneEvent(eventlog::Sequence{1}, 6)).status()));
  Restart();
  const absl::Status reused = harness_.Push(OneEvent(eventlog::Sequence{1}, 6)).status();
  EXPECT_TRUE(absl::IsAlreadyExists(reused));
  EXPECT_THAT(std::string(reused.message()), HasSubstr("sequence 1 of producer 'p'"));
  EXPECT_EQ(Flow().first, 5);
}

TEST_F(EngineTest, CountsARepeatedBatchIdOnceAlsoAfterARestart) {
  ASSERT_TRUE(harness_.Push(OneEvent(std::string("id-1"), 5)).ok());
  EXPECT_TRUE(harness_.Push(OneEvent(std::string("id-1"), 5))->duplicate);
  EXPECT_TRUE(absl::IsAlreadyExists(harness_.Push(OneEvent(std::string("id-1"), 6)).status()));
  Restart();
  EXPECT_TRUE(harness_.Push(OneEvent(std::string("id-1"), 5))->duplicate);
  EXPECT_EQ(Flow().events, 1u);
}

TEST_F(EngineTest, CountsABatchWithoutAKeyEachTime) {
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::NoKey{}, 5)).ok());
  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::NoKey{}, 5))->duplicate);
  EXPECT_EQ(Flow().first, 10);
}

TEST_F(EngineTest, KeepsTwoProducersApart) {
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5, "p")).ok());
  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5, "q"))->duplicate);
}

TEST_F(EngineTest, RepeatsTheRefusalsOfThenAlsoAfterARestart) {
  const std::vector<domain::Refusal> refusals = {
      {1, domain::RefusalCode::kTooOld, "40 days ago"},
      {2, domain::RefusalCode::kUnknownIndicator, "no indicator 'flwo'"}};
  const auto make = [&] {
    return harness_.MakeBatch("p", eventlog::Sequence{1}, {harness_.Event("a", "flow", kNow, 5)},
                              kNow, refusals);
  };
  EXPECT_EQ(harness_.Push(make())->refusals, refusals);
  EXPECT_EQ(harness_.Push(make())->refusals, refusals);
  Restart();
  const auto repeat = harness_.Push(make());
  EXPECT_TRUE(repeat->duplicate);
  EXPECT_EQ(repeat->accepted, 1u);
  EXPECT_EQ(repeat->refusals, refusals);
}

TEST_F(EngineTest, ABatchOfRefusalsAloneUsesItsSequence) {
  const std::vector<domain::Refusal> refusals = {{0, domain::RefusalCode::kMissingTime, "no time"}};
  ASSERT_TRUE(
      harness_.Push(harness_.MakeBatch("p", eventlog::Sequence{1}, {}, kNow, refusals)).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).status()));
}

TEST_F(EngineTest, ValidateOnlyAnswersAsIfAndChangesNothing) {
  const std::string before = harness_.EncodedState();
  Batch batch = OneEvent(eventlog::Sequence{1}, 5);
  batch.validate_only = true;
  EXPECT_EQ(harness_.Push(std::move(batch))->accepted, 1u);
  EXPECT_EQ(harness_.EncodedState(), before);
  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5))->duplicate);
  Batch repeat = OneEvent(eventlog::Sequence{1}, 5);
  repeat.validate_only = true;
  EXPECT_TRUE(harness_.Push(std::move(repeat))->duplicate);
}

TEST_F(EngineTest, AnswersAJumpWithItsLimit) {
  const absl::Status refused =
      harness_.Push(OneEvent(eventlog::Sequence{limits::kMaxSequenceJump + 1}, 5)).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("at most 1000000 above it"));
}

TEST_F(EngineTest, TakesMoreProducersThanItKnowsExactlyAndNoneTwice) {
  const std::size_t producers = limits::kMaxProducersPerDepartment + 1;
  for (std::size_t i = 0; i < producers; ++i) {
    ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5, "p" + std::to_string(i))).ok());
  }
  Restart();
  const absl::Status retired = harness_.Push(OneEvent(eventlog::Sequence{1}, 5, "p0")).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(retired)) << retired;
  EXPECT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5, "p1"))->duplicate);
  EXPECT_EQ(Flow().events, producers);
}

// Many threads send the same few batches at once, so that repeats meet the first in flight.
TEST_F(EngineTest, CountsConcurrentRepeatsOnce) {
  constexpr int kThreads = 8, kSequences = 200;
  std::atomic<int> taken{0}, repeats{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (std::uint64_t sequence = 1; sequence <= kSequences; ++sequence) {
        const auto answer = harness_.Push(OneEvent(sequence, 1));
        ASSERT_TRUE(answer.ok()) << answer.status();
        ++(answer->duplicate ? repeats : taken);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, kSequences);
  EXPECT_EQ(repeats, kSequences * (kThreads - 1));
  EXPECT_EQ(Flow().events, static_cast<std::uint64_t>(kSequences));
}

TEST_F(EngineTest, JudgesPipelinedSequencesAsIfSentOneByOne) {
  // Each is within the allowed jump of the one before it, not of what was taken when it arrived.
  std::vector<std::future<absl::StatusOr<Answer>>> answers;
  for (std::uint64_t i = 1; i <= 5; ++i) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<Answer>>>();
    answers.push_back(promise->get_future());
    harness_.engine().Submit(
        OneEvent(i * limits::kMaxSequenceJump, 1),
        [promise](absl::StatusOr<Answer> answer) { promise->set_value(std::move(answer)); });
  }
  for (auto& answer : answers) EXPECT_TRUE(answer.get().ok());
}

TEST_F(EngineTest, AfterAFailedSyncNothingIsAnsweredOkUntilItGoesOnInANewSegment) {
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  harness_.disk().FailSync(1);
  const absl::Status unknown = harness_.Push(OneEvent(eventlog::Sequence{2}, 7)).status();
  EXPECT_TRUE(absl::IsUnavailable(unknown));
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("repeat the same batch"));
  EXPECT_FALSE(harness_.engine().Healthy());
  EXPECT_EQ(Flow().first, 5) << "what is not durable must not be shown";
  harness_.disk().FailSync(1);  // of the new segment
  EXPECT_TRUE(absl::IsUnavailable(harness_.Push(OneEvent(eventlog::Sequence{3}, 7)).status()));

  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{2}, 7))->duplicate);
  EXPECT_TRUE(harness_.engine().Healthy());
  EXPECT_EQ(Flow().first, 12);
  Restart();
  EXPECT_EQ(Flow().first, 12);
  EXPECT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{2}, 7))->duplicate);
  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{3}, 7))->duplicate);
}

TEST_F(EngineTest, RecoversWithoutABatchOnceItIsAskedToTry) {
  harness_.disk().FailSync(1);
  ASSERT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  ASSERT_FALSE(harness_.engine().Healthy());
  harness_.engine().RequestLogRetry();
  while (!harness_.engine().Healthy()) std::this_thread::yield();
  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5))->duplicate);
}

// The log was tried with the smallest of groups: on a disk that was nearly full, where that found
// room and batches did not, the daemon called itself well and unwell in turn, each second.
TEST_F(EngineTest, IsNotWellAgainBeforeThereIsRoomForWhatWasRefused) {
  Restart();  // gives back what the log has reserved
  std::uint64_t used = 0;
  for (const std::string& path : harness_.disk().Paths()) {
    used += harness_.disk().Contents(path).size();
  }
  harness_.disk().SetCapacity(used + 2'000);
  const auto push = [&](std::uint64_t sequence, std::size_t events) {
    return harness_
        .Push(harness_.MakeBatch("p", sequence,
                                 std::vector(events, harness_.Event("a", "flow", kNow, 1)), kNow))
        .status();
  };
  const auto ask = [&] {  // needs room for some hundred bytes
    std::promise<absl::Status> answer;
    harness_.engine().Ask(
        [&](absl::StatusOr<const State*> state) { answer.set_value(state.status()); });
    return answer.get_future().get();
  };
  EXPECT_TRUE(absl::IsUnavailable(push(1, 100)));
  EXPECT_TRUE(push(2, 1).ok()) << "what fits is taken";
  EXPECT_FALSE(harness_.engine().Healthy());
  harness_.engine().RequestLogRetry();
  // The log has been tried when the second answer comes.
  EXPECT_TRUE(ask().ok());
  EXPECT_TRUE(ask().ok());
  EXPECT_FALSE(harness_.engine().Healthy());

  harness_.disk().SetCapacity(1 << 30);
  harness_.engine().RequestLogRetry();
  while (!harness_.engine().Healthy()) std::this_thread::yield();
  EXPECT_TRUE(push(1, 100).ok());
}

// Each question is asked right behind a batch, so that most of them meet it in flight.
TEST_F(EngineTest, AQuestionSeesEveryBatchThatWasSubmittedBeforeIt) {
  constexpr std::uint64_t kBatches = 200;
  std::vector<std::uint64_t> seen;
  std::promise<void> all;
  for (std::uint64_t i = 1; i <= kBatches; ++i) {
    // A repeat waits for its first, and what comes after it must wait too.
    for (int twice = 0; twice < 2; ++twice) {
      harness_.engine().Submit(OneEvent(eventlog::Sequence{i}, 1),
                               [](const absl::StatusOr<Answer>&) {});
    }
    harness_.engine().Ask([&, i](absl::StatusOr<const State*> state) {
      const domain::Series* series = (*state)->Find(harness_.Key("a", "flow"));
      seen.push_back(series->InWindow(domain::Window::k1h, kNow).events);
      if (i == kBatches) all.set_value();
    });
  }
  all.get_future().wait();
  ASSERT_EQ(seen.size(), kBatches);
  for (std::uint64_t i = 1; i <= kBatches; ++i) EXPECT_GE(seen[i - 1], i);
}

TEST_F(EngineTest, AQuestionIsRefusedWhereABatchWouldBe) {
  const auto ask = [](Engine& engine) {
    std::promise<absl::Status> refused;
    engine.Ask([&](absl::StatusOr<const State*> state) { refused.set_value(state.status()); });
    return refused.get_future().get();
  };
  EngineObserver observer;
  Engine starting({.data_directory = "/other"}, harness_.disk(), iocd::testing::TestCatalogue(),
                  observer);
  EXPECT_TRUE(absl::IsUnavailable(ask(starting)));
  EXPECT_TRUE(ask(harness_.engine()).ok());
  harness_.disk().FailSync(1);
  EXPECT_FALSE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  harness_.disk().FailSync(1);  // of the new segment
  EXPECT_TRUE(absl::IsUnavailable(ask(harness_.engine()))) << "what became of 1 is not known";
  harness_.engine().Stop();
  EXPECT_TRUE(absl::IsUnavailable(ask(harness_.engine())));
}

TEST_F(EngineTest, RefusesWhatItsQueueCannotHold) {
  Batch huge = OneEvent(eventlog::Sequence{1}, 5);
  huge.record.resize(limits::kMaxQueuedBytes + 1);
  EXPECT_TRUE(absl::IsResourceExhausted(harness_.Push(std::move(huge)).status()));
  EXPECT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
}

TEST_F(EngineTest, AnswersUnavailableAfterStop) {
  harness_.engine().Stop();
  EXPECT_TRUE(absl::IsUnavailable(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).status()));
}

// A signal to stop that came while a long log was read was heeded only after the last record.
TEST_F(EngineTest, AReplayEndsWhenAStopIsRequestedAndLeavesTheLogAsItWas) {
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  harness_.Stop();
  EngineObserver observer;
  {
    Engine stopped({.data_directory = "/data", .stop_requested = [] { return true; }},
                   harness_.disk(), iocd::testing::TestCatalogue(), observer);
    EXPECT_TRUE(absl::IsCancelled(stopped.Recover()));
  }
  ASSERT_TRUE(harness_.Start().ok());
  EXPECT_EQ(Flow().first, 5);
}

TEST_F(EngineTest, RefusesADataDirectoryThatIsInUse) {
  EngineObserver observer;
  Engine second({.data_directory = "/data"}, harness_.disk(), iocd::testing::TestCatalogue(),
                observer);
  EXPECT_TRUE(absl::IsAlreadyExists(second.Recover()));
  EXPECT_TRUE(absl::IsUnavailable(second.CheckReady()));
}

TEST_F(EngineTest, TakesNothingBeforeItHasReadItsLog) {
  EngineObserver observer;
  Engine starting({.data_directory = "/other"}, harness_.disk(), iocd::testing::TestCatalogue(),
                  observer);
  std::optional<absl::Status> refused;
  starting.Submit(OneEvent(eventlog::Sequence{1}, 5),
                  [&](absl::StatusOr<Answer> answer) { refused = answer.status(); });
  ASSERT_TRUE(refused);
  EXPECT_TRUE(absl::IsUnavailable(*refused)) << *refused;
}

TEST_F(EngineTest, RemembersWhenADepartmentWasHeardAndThatItsDataAreSimulated) {
  std::optional<Timestamp> seen;
  ASSERT_TRUE(harness_.Push(OneEvent(eventlog::Sequence{1}, 5)).ok());
  harness_.engine().Read([&](const State& state) {
    seen = state.ActivityOf(harness_.catalogue().FindDepartment("a")->id).last_seen;
    EXPECT_FALSE(state.ActivityOf(harness_.catalogue().FindDepartment("b")->id).last_seen);
  });
  EXPECT_EQ(seen, kNow);
}

TEST_F(EngineTest, RemembersTheArrivalOfTheLastBatchInTheLogAlsoAfterARestart) {
  const auto newest = [&] {
    std::optional<Timestamp> read;
    harness_.engine().Read([&](const State& state) { read = state.newest_arrival(); });
    return read;
  };
  EXPECT_EQ(newest(), std::nullopt);
  // The clock may have been set back between two batches: the last one counts, not the latest.
  for (const std::int64_t ahead : {60, 0}) {
    ASSERT_TRUE(
        harness_
            .Push(harness_.MakeBatch("p", eventlog::NoKey{}, {}, kNow + Duration::Seconds(ahead)))
            .ok());
  }
  EXPECT_EQ(newest(), kNow);
  Restart();
  EXPECT_EQ(newest(), kNow);
}

TEST_F(EngineTest, AnswersAreGivenInTheOrderOfTheQueue) {
  std::vector<int> order;
  std::promise<void> all;
  for (int i = 1; i <= 50; ++i) {
    harness_.engine().Submit(OneEvent(eventlog::Sequence(i), i),
                             [&, i](const absl::StatusOr<Answer>&) {
                               order.push_back(i);
                               if (i == 50) all.set_value();
                             });
  }
  all.get_future().wait();
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(order.size(), 50u);
}

}  // namespace
}  // namespace iocd::engine
