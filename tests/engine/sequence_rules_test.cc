// The engine against a model of the contract: random calls, many of them in flight at the same
// time, with restarts and losses of power in between. Every answer must be the model's.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "engine/random_calls.h"
#include "engine/sequence_model.h"
#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using iocd::testing::RandomCalls;
using iocd::testing::SentCall;
using iocd::testing::SequenceModel;
using Kind = SequenceModel::Kind;

constexpr std::int64_t kStart = 1'700'000'000;  // Unix seconds
constexpr int kCalls = 100'000;                 // of each seed

/// Counts down in the engine's thread what the test's waits for.
class Countdown {
 public:
  explicit Countdown(std::size_t count) : left_(count) {}
  void Down() {
    MutexLock lock(mutex_);
    if (--left_ == 0) zero_.NotifyAll();
  }
  void Wait() {
    MutexLock lock(mutex_);
    while (left_ != 0) zero_.Wait(mutex_);
  }

 private:
  Mutex mutex_;
  CondVar zero_;
  std::size_t left_ ABSL_GUARDED_BY(mutex_);
};

std::uint32_t AcceptedOf(int answer) { return static_cast<std::uint32_t>(answer % 3); }

std::vector<domain::Refusal> RefusalsOf(int answer) {
  if (answer < 3) return {};
  return {{7, domain::RefusalCode::kTooOld, "answer " + std::to_string(answer)}};
}

bool IsAnswerOf(const SequenceModel::Verdict& verdict, const absl::StatusOr<Answer>& answer) {
  switch (verdict.kind) {
    case Kind::kNew:
    case Kind::kRepeat:
      return answer.ok() && answer->duplicate == (verdict.kind == Kind::kRepeat) &&
             !answer->answer_expired && answer->accepted == AcceptedOf(verdict.answer) &&
             answer->refusals == RefusalsOf(verdict.answer);
    case Kind::kExpired:
      return answer.ok() && answer->duplicate && answer->answer_expired && answer->accepted == 0 &&
             answer->refusals.empty();
    case Kind::kReused:
      return absl::IsAlreadyExists(answer.status());
    case Kind::kClosed:
    case Kind::kTooFar:
    case Kind::kTooManyProducers:
      return absl::IsFailedPrecondition(answer.status());
  }
  return false;
}

/// A call between submission and answer.
struct InFlight {
  SentCall call;
  // What the model said of it since it was submitted. Calls that are in flight together may be
  // judged in any order that no sender can tell from another, so each of these is right.
  std::vector<SequenceModel::Verdict> right;
};

class SequenceRulesTest : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const absl::Status started = harness_.Start();
    ASSERT_TRUE(started.ok()) << started;
  }

  Batch ToBatch(const SentCall& call) {
    Batch batch;
    batch.department = harness_.catalogue().FindDepartment("a")->id;
    batch.producer = call.producer;
    if (call.sequence != 0) batch.key = call.sequence;
    if (!call.batch_id.empty()) batch.key = call.batch_id;
    batch.content = {call.content, 0};
    batch.validate_only = call.validate_only;
    eventlog::BatchRecordBuilder builder({Timestamp::FromSeconds(now_), batch.department,
                                          batch.producer, batch.key, batch.content, false},
                                         2);
    const domain::Event event = harness_.Event("a", "flow", Timestamp::FromSeconds(kStart), 1);
    for (std::uint32_t i = 0; i < AcceptedOf(call.answer); ++i) builder.Add(event);
    batch.accepted = builder.EventCount();
    batch.refusals = RefusalsOf(call.answer);
    batch.record = std::move(builder).Finish(batch.refusals);
    return batch;
  }

  /// Submits all without waiting, waits for all, and checks each answer against the model.
  void Send(const std::vector<SentCall>& calls) {
    struct Answered {
      std::size_t number;
      absl::StatusOr<Answer> answer;
    };
    std::vector<Answered> answers;  // in the order in which the engine gave them
    Countdown countdown(calls.size());
    in_flight_.clear();
    for (const SentCall& call : calls) in_flight_.push_back({call, {model_.Judge(call)}});
    for (std::size_t i = 0; i < calls.size(); ++i) {
      harness_.engine().Submit(ToBatch(calls[i]), [&, i](absl::StatusOr<Answer> answer) {
        answers.push_back({i, std::move(answer)});
        countdown.Down();
      });
    }
    countdown.Wait();
    for (const Answered& one : answers) {
      ASSERT_NO_FATAL_FAILURE(Check(in_flight_[one.number], one.answer));
    }
  }

  void Check(const InFlight& sent, const absl::StatusOr<Answer>& answer) {
    const SentCall& call = sent.call;
    if (absl::IsUnavailable(answer.status())) {
      unknown_.push_back(sent);
      return;
    }
    const SequenceModel::Verdict now = model_.Judge(call);
    const auto right = std::find_if(sent.right.rbegin(), sent.right.rend(),
                                    [&](const auto& one) { return IsAnswerOf(one, answer); });
    const bool taken_again =
        right != sent.right.rend() && right->kind == Kind::kNew &&
        (now.kind == Kind::kRepeat || now.kind == Kind::kReused || now.kind == Kind::kExpired);
    ASSERT_TRUE(right != sent.right.rend() && !taken_again)
        << Describe(call) << ": the model says " << static_cast<int>(now.kind) << " (answer "
        << now.answer << "), the engine "
        << (answer.ok() ? "OK, duplicate " + std::to_string(answer->duplicate) + ", expired " +
                              std::to_string(answer->answer_expired) + ", accepted " +
                              std::to_string(answer->accepted)
                        : answer.status().ToString());
    ++met_[right->kind];
    if (!call.batch_id.empty() && right->kind == Kind::kRepeat) ++ids_repeated_;
    if (right->kind == Kind::kNew && !call.validate_only) Take(call);
  }

  void Take(const SentCall& call) {
    model_.Take(call, now_);
    if (!call.batch_id.empty() && !ids_taken_.insert({call.producer, call.batch_id}).second) {
      ++ids_forgotten_;
    }
    events_ += AcceptedOf(call.answer);
    for (InFlight& other : in_flight_) {
      const SequenceModel::Verdict verdict = model_.Judge(other.call);
      if (other.right.back() != verdict) other.right.push_back(verdict);
    }
  }

  static std::string Describe(const SentCall& call) {
    return call.producer + " sequence " + std::to_string(call.sequence) + " id '" + call.batch_id +
           "' content " + std::to_string(call.content) + " answer " + std::to_string(call.answer);
  }

  /// The power goes while calls are in flight.
  void LosePowerWith(std::vector<SentCall> calls) {
    for (SentCall& call : calls) {
      if (call.sequence == 0 && call.batch_id.empty()) call.answer = 0;  // no event: who knows
    }
    // A batch without a key: there is something to write in any case.
    calls.insert(calls.begin() + static_cast<std::ptrdiff_t>(calls_.Below(calls.size() + 1)),
                 SentCall{.producer = "p0"});
    switch (calls_.Below(3)) {
      case 0:
        harness_.disk().FailWrite(1);
        break;
      case 1:
        harness_.disk().FailSync(1);
        break;
      case 2:
        harness_.disk().FailCall(1, iocd::testing::Fault::kCrash);
        break;
    }
    ASSERT_NO_FATAL_FAILURE(Send(calls));
    Restart(calls_.Below(2'000));
    Settle();
  }

  void Restart(std::size_t kept_unsynced_bytes) {
    harness_.Kill(kept_unsynced_bytes);
    const absl::Status started = harness_.Start();
    ASSERT_TRUE(started.ok()) << started;
  }

  /// Finds out which of the calls with an unknown outcome were taken.
  void Settle() {
    for (const InFlight& sent : std::exchange(unknown_, {})) {
      const bool may_be_taken = !sent.call.validate_only &&
                                std::any_of(sent.right.begin(), sent.right.end(),
                                            [](const auto& one) { return one.kind == Kind::kNew; });
      const SequenceModel::Verdict now = model_.Judge(sent.call);
      const bool known = now.kind != Kind::kNew && now.kind != Kind::kClosed;
      if (!may_be_taken || known || (sent.call.sequence == 0 && sent.call.batch_id.empty())) {
        continue;
      }
      SentCall trial = sent.call;
      trial.validate_only = true;
      const auto answer = harness_.Push(ToBatch(trial));
      const bool taken = answer.ok() && answer->duplicate;
      if (!taken) {
        ASSERT_TRUE(IsAnswerOf(now, answer)) << Describe(trial) << answer.status();
        ++lost_;
        continue;
      }
      ASSERT_TRUE(IsAnswerOf({Kind::kRepeat, sent.call.answer}, answer)) << Describe(trial);
      ++kept_;
      Take(sent.call);
    }
  }

  void AskAbout(const std::string& producer) {
    SequenceModel::Progress answered;
    harness_.engine().Read([&](const State& state) {
      const auto progress =
          state.ProgressOf(harness_.catalogue().FindDepartment("a")->id, producer);
      answered = {progress.highest, progress.closed_through, {}};
      for (const SequenceRange& gap : progress.gaps) {
        answered.gaps.emplace_back(gap.first, gap.last);
      }
    });
    ASSERT_TRUE(answered == model_.Resume(producer)) << producer;
    ++resumed_;
  }

  std::uint64_t EventsCounted() {
    std::uint64_t events = 0;
    harness_.engine().Read([&](const State& state) {
      const domain::Series* series = state.Find(harness_.Key("a", "flow"));
      events = series->InWindow(domain::Window::k30d, Timestamp::FromSeconds(kStart)).events;
    });
    return events;
  }

  /// Some calls that will be in flight together; half of the time one alone.
  std::vector<SentCall> SomeCalls() {
    if (calls_.OneIn(25)) return calls_.NewNames(1 + calls_.Below(15));
    std::vector<SentCall> calls = {calls_.Next(model_)};
    if (calls_.OneIn(2)) return calls;
    for (std::size_t more = calls_.Below(16); more > 0; --more) {
      calls.push_back(calls_.OneIn(3) ? calls_.Again(calls[calls_.Below(calls.size())])
                                      : calls_.Next(model_));
    }
    return calls;
  }

  RandomCalls calls_{static_cast<std::uint64_t>(GetParam())};
  SequenceModel model_;
  iocd::testing::EngineHarness harness_;
  std::int64_t now_ = kStart;
  std::vector<InFlight> in_flight_;
  std::vector<InFlight> unknown_;  // answered Unavailable, in that order
  std::uint64_t events_ = 0;       // that were taken
  std::set<std::pair<std::string, std::string>> ids_taken_;
  // How often each rule was met.
  std::map<Kind, int> met_;
  int ids_repeated_ = 0;
  int ids_forgotten_ = 0;    // and taken a second time
  int resumed_ = 0;          // questions where a producer may go on
  int lost_ = 0, kept_ = 0;  // calls without an answer that were not taken, and that were
};

TEST_P(SequenceRulesTest, EveryAnswerIsTheContracts) {
  for (int sent = 0; sent < kCalls;) {
    now_ += static_cast<std::int64_t>(calls_.Below(60));
    const std::vector<SentCall> calls = SomeCalls();
    sent += static_cast<int>(calls.size());
    if (calls_.OneIn(300)) {
      ASSERT_NO_FATAL_FAILURE(LosePowerWith(calls));
    } else {
      ASSERT_NO_FATAL_FAILURE(Send(calls));
    }
    if (calls_.OneIn(20)) {
      ASSERT_NO_FATAL_FAILURE(AskAbout(calls_.Producer()));
    }
  }
  EXPECT_EQ(EventsCounted(), events_) << "each event that was taken counts once";
  for (const Kind kind : {Kind::kNew, Kind::kRepeat, Kind::kExpired, Kind::kReused, Kind::kClosed,
                          Kind::kTooFar, Kind::kTooManyProducers}) {
    EXPECT_GE(met_[kind], 100) << "of kind " << static_cast<int>(kind);
  }
  EXPECT_GE(ids_repeated_, 100);
  EXPECT_GE(ids_forgotten_, 100);
  EXPECT_GE(resumed_, 100);
  // About one each time that the power goes; how many depends on how the threads took turns.
  EXPECT_GE(lost_ + kept_, 20);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SequenceRulesTest, ::testing::Range(0, IOCD_MODEL_SEEDS));

}  // namespace
}  // namespace iocd::engine
