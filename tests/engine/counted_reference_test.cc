// Indicators that count each reference once, for systems that send their records again.

#include "engine/counted_reference.h"

#include <gtest/gtest.h>

#include <future>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

const Timestamp kStart = Timestamp::FromSeconds(1'700'000'000);

class CountedReferenceTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(harness_.Start().ok()); }

  /// An event of "a", happening now. The text of the reference outlives it.
  domain::Event Event(const char* reference, const std::string& indicator = "flow",
                      const std::string& department = "a") {
    domain::Event event = harness_.Event(department, indicator, now_, 1);
    event.second = 1;
    event.has_second = indicator == "ratio";
    event.reference = reference;
    event.counts_once = true;
    return event;
  }

  Batch MakeBatch(const std::vector<domain::Event>& events, const std::string& producer = "p") {
    return harness_.MakeBatch(producer, ++sequence_, events, now_);
  }

  Answer Push(const std::vector<domain::Event>& events) { return Push(MakeBatch(events)); }
  Answer Push(Batch batch) {
    const auto answer = harness_.Push(std::move(batch));
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(Answer{});
  }

  std::uint64_t Events(const std::string& indicator = "flow", const std::string& department = "a") {
    std::uint64_t events = 0;
    harness_.engine().Read([&](const State& state) {
      const domain::Series* series = state.Find(harness_.Key(department, indicator));
      if (series != nullptr) events = series->InWindow(domain::Window::k30d, now_).events;
    });
    return events;
  }

  void Restart() {
    const std::string before = harness_.EncodedState();
    harness_.Kill();
    ASSERT_TRUE(harness_.Start().ok());
    EXPECT_TRUE(harness_.EncodedState() == before) << "replay must give equal bits";
  }

  iocd::testing::EngineHarness harness_;
  Timestamp now_ = kStart;
  std::uint64_t sequence_ = 0;
};

TEST_F(CountedReferenceTest, AReferenceSentAgainInAnotherBatchCountsOnce) {
  const Answer first = Push({Event("HS-1"), Event("HS-2")});
  EXPECT_EQ(first.accepted, 2u);
  EXPECT_EQ(first.already_counted, 0u);
  const Answer again = Push({Event("HS-2"), Event("HS-3")});
  EXPECT_FALSE(again.duplicate);
  EXPECT_EQ(again.accepted, 1u);
  EXPECT_EQ(again.already_counted, 1u);
  EXPECT_EQ(Events(), 3u);
}

TEST_F(CountedReferenceTest, IsKnownAfterARestart) {
  Push({Event("HS-1")});
  Push({Event("HS-1"), Event("HS-2")});
  Restart();
  EXPECT_EQ(Push({Event("HS-2")}).already_counted, 1u);
  EXPECT_EQ(Events(), 2u);
}

TEST_F(CountedReferenceTest, WithinOneBatchTheFirstCounts) {
  const Answer answer = Push({Event("HS-1"), Event("HS-1"), Event("HS-1")});
  EXPECT_EQ(answer.accepted, 1u);
  EXPECT_EQ(answer.already_counted, 2u);
  EXPECT_EQ(Events(), 1u);
}

TEST_F(CountedReferenceTest, EachDepartmentAndEachIndicatorHasReferencesOfItsOwn) {
  EXPECT_EQ(Push({Event("HS-1"), Event("HS-1", "ratio"), Event("HS-1", "flow", "b")}).accepted, 3u);
  EXPECT_EQ(Push({Event("HS-1", "ratio"), Event("HS-1", "duration"), Event("HS-1", "ratio", "b")})
                .already_counted,
            1u);
  EXPECT_EQ(Events("flow", "b"), 1u);
}

TEST_F(CountedReferenceTest, OneThatIsSentAgainAfterThirtyDaysCountsAgain) {
  Push({Event("HS-1")});
  now_ = kStart + limits::kReferenceHorizon;
  EXPECT_EQ(Push({Event("HS-1")}).already_counted, 1u);
  now_ = kStart + limits::kReferenceHorizon + Duration::Seconds(1);
  EXPECT_EQ(Push({Event("HS-1")}).accepted, 1u);
  EXPECT_EQ(Push({Event("HS-1")}).already_counted, 1u);
  Restart();
  EXPECT_EQ(Push({Event("HS-1")}).already_counted, 1u);
}

TEST_F(CountedReferenceTest, ADuplicateBatchIsAnsweredAsThen) {
  Push({Event("HS-1")});
  const Batch batch = MakeBatch({Event("HS-1"), Event("HS-2")});
  EXPECT_EQ(Push(batch).already_counted, 1u);
  Restart();
  const Answer repeat = Push(batch);
  EXPECT_TRUE(repeat.duplicate);
  EXPECT_EQ(repeat.accepted, 1u);
  EXPECT_EQ(repeat.already_counted, 1u);
  EXPECT_EQ(Events(), 2u);
}

TEST_F(CountedReferenceTest, ValidateOnlyAnswersAsIfAndCountsNothing) {
  Push({Event("HS-1")});
  const std::string before = harness_.EncodedState();
  Batch trial = MakeBatch({Event("HS-1"), Event("HS-2"), Event("HS-2")});
  trial.validate_only = true;
  const Answer answer = Push(trial);
  EXPECT_EQ(answer.accepted, 1u);
  EXPECT_EQ(answer.already_counted, 2u);
  EXPECT_EQ(harness_.EncodedState(), before);
}

TEST_F(CountedReferenceTest, AnEventThatIsNotCountedAgainStillShowsThatItsDepartmentLives) {
  Push({Event("HS-1", "flow", "b")});
  now_ = now_ + Duration::Seconds(60);
  Push({Event("HS-1", "flow", "b")});
  harness_.engine().Read([&](const State& state) {
    EXPECT_EQ(state.ActivityOf(harness_.catalogue().FindDepartment("b")->id).last_seen, now_);
  });
}

TEST_F(CountedReferenceTest, AnIndicatorWithoutTheOptionCountsEveryTime) {
  domain::Event event = Event("HS-1");
  event.counts_once = false;
  EXPECT_EQ(Push({event, event}).accepted, 2u);
  EXPECT_EQ(Push({Event("HS-1")}).accepted, 1u) << "what was counted so is not remembered";
}

// Batches that wait for one sync are judged before any of them is applied: without more, all of
// them would have counted the same reference.
TEST_F(CountedReferenceTest, BatchesOfOneGroupCountAReferenceOnce) {
  constexpr int kBatches = 200;
  std::vector<std::future<absl::StatusOr<Answer>>> answers;
  for (int i = 0; i < kBatches; ++i) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<Answer>>>();
    answers.push_back(promise->get_future());
    const char* const references[] = {"HS-1", "HS-2", "HS-3"};
    harness_.engine().Submit(
        MakeBatch({Event(references[i % 3]), Event("HS-0")}),
        [promise](absl::StatusOr<Answer> answer) { promise->set_value(std::move(answer)); });
  }
  std::uint64_t accepted = 0, already_counted = 0;
  for (auto& future : answers) {
    const auto answer = future.get();
    ASSERT_TRUE(answer.ok()) << answer.status();
    accepted += answer->accepted;
    already_counted += answer->already_counted;
  }
  EXPECT_EQ(accepted, 4u);
  EXPECT_EQ(already_counted, 2u * kBatches - 4);
  EXPECT_EQ(Events(), 4u);
  Restart();
}

/// Each reference's last counting, by the definition.
class Model {
 public:
  bool Counts(const std::string& department, const std::string& indicator,
              const std::string& reference, Timestamp arrival) {
    const auto key = std::tuple(department, indicator, reference);
    const auto last = last_.find(key);
    if (last != last_.end() && last->second + limits::kReferenceHorizon >= arrival) return false;
    last_[key] = arrival;
    return true;
  }

 private:
  std::map<std::tuple<std::string, std::string, std::string>, Timestamp> last_;
};

TEST_F(CountedReferenceTest, RandomResendsCountLikeBruteForce) {
  std::mt19937_64 random(5);
  std::vector<std::string> references(60);
  for (std::size_t i = 0; i < references.size(); ++i) references[i] = "HS-" + std::to_string(i);
  const char* const departments[] = {"a", "b"};
  const char* const indicators[] = {"flow", "ratio", "duration"};
  Model model;
  for (int step = 0; step < 800; ++step) {
    now_ = now_ + Duration::Seconds(static_cast<std::int64_t>(random() % 86'400));
    std::vector<domain::Event> events(1 + random() % 8);
    std::uint32_t expected = 0;
    for (domain::Event& event : events) {
      const std::string& reference = references[random() % references.size()];
      const char* const department = departments[random() % 2];
      const char* const indicator = indicators[random() % 3];
      event = Event(reference.c_str(), indicator, department);
      expected += model.Counts(department, indicator, reference, now_) ? 1 : 0;
    }
    const Answer answer = Push(events);
    ASSERT_EQ(answer.accepted, expected) << step;
    ASSERT_EQ(answer.accepted + answer.already_counted, events.size());
    if (step % 200 == 199) Restart();
  }
}

TEST_F(CountedReferenceTest, DepartmentAndIndicatorArePartOfTheKey) {
  const KeyHash key = ReferenceKey(Event("HS-1"));
  EXPECT_EQ(ReferenceKey(Event("HS-1")), key);
  EXPECT_NE(ReferenceKey(Event("HS-2")), key);
  EXPECT_NE(ReferenceKey(Event("HS-1", "ratio")), key);
  EXPECT_NE(ReferenceKey(Event("HS-1", "flow", "b")), key);
}

}  // namespace
}  // namespace iocd::engine
