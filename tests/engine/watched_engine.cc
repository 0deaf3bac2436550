#include "engine/watched_engine.h"

#include <gtest/gtest.h>

#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "eventlog/group_format.h"
#include "snapshot/snapshot_directory.h"
#include "support/test_catalogue.h"

namespace iocd::engine {
namespace {

constexpr char kLog[] = "/data/log/";
constexpr char kSnapshots[] = "/data/snapshots";

}  // namespace

WatchedEngine::WatchedEngine(iocd::testing::MemoryFileSystem& disk, const WatchedEngine& before)
    : disk_(disk),
      options_(before.options_),
      taken_(before.taken_),
      unanswered_(before.unanswered_),
      made_(before.made_) {}

void WatchedEngine::Start() {
  if (StartOnce() || StartOnce()) return;
  EXPECT_TRUE(disk_.PowerIsOff()) << refusal_;
}

bool WatchedEngine::StartOnce() {
  if (!Open()) return false;
  CheckState();
  return true;
}

bool WatchedEngine::Open() {
  engine_ = std::make_unique<Engine>(options_, disk_, iocd::testing::TestCatalogue(), *this);
  refusal_ = engine_->Recover();
  if (refusal_.ok()) return true;
  engine_.reset();
  EXPECT_NE(refusal_.message().find("/data"), absl::string_view::npos)
      << refusal_ << " does not say where";
  return false;
}

void WatchedEngine::RecoveryEnds(const Recovery& recovery) {
  snapshot_start_ = recovery.snapshot.start;
}

// The batch without an answer counts if the log holds it whole. Then it is its last record.
void WatchedEngine::CheckState() {
  const std::string state = EncodedState();
  if (state == taken_.EncodedState()) return;
  ASSERT_TRUE(unanswered_.has_value()) << "the state is not what was taken";
  ASSERT_FALSE(taken_.EndsWith(*unanswered_));
  taken_.Take(*unanswered_, LogEnd() - unanswered_->record.size());
  EXPECT_TRUE(state == taken_.EncodedState())
      << "the state is not what was taken, with or without the batch that was not answered";
}

std::string WatchedEngine::EncodedState() const {
  std::string bytes;
  engine_->Read([&bytes](const State& state) { state.EncodeTo(&bytes); });
  return bytes;
}

void WatchedEngine::Push(int batches) { SendRow(batches, /*snapshot=*/false); }

void WatchedEngine::PushDuringSnapshot(int batches) {
  if (engine_ == nullptr) return;
  const std::uint64_t begin = LogBegin();
  disk_.HoldRemove(snapshot::UnfinishedPath(kSnapshots));
  SendRow(batches, /*snapshot=*/true);
  disk_.Release();
  AwaitSnapshot();
  AwaitRemovals(begin, LogBegin());
}

void WatchedEngine::PushUntilPowerLoss(int batches) {
  if (engine_ == nullptr) return;
  disk_.HoldRemove(snapshot::UnfinishedPath(kSnapshots));
  SendRow(batches, /*snapshot=*/true);
  disk_.PowerOff();
  disk_.Release();
  engine_.reset();
  disk_.Crash();
}

void WatchedEngine::SendRow(int batches, bool snapshot) {
  if (engine_ == nullptr) return;
  Row row{.snapshot = snapshot};
  if (unanswered_) row.waiting.push_back(*unanswered_);
  for (int i = 0; i < batches; ++i) row.waiting.push_back(taken_.MakeBatch(++made_));
  std::future<void> ended = row.ended.get_future();
  SubmitNext(&row);
  ended.get();
  if (row.waiting.empty()) return;
  // Those behind the one that was given up were never sent.
  unanswered_ = row.waiting.front();
  made_ -= row.waiting.size() - 1;
}

void WatchedEngine::SubmitNext(Row* row) {
  constexpr int kTries = 2;
  if (row->waiting.empty() || row->refused == kTries) {
    // Behind the last group there is one more round of the engine's thread.
    return engine_->Ask([row](absl::StatusOr<const State*>) { row->ended.set_value(); });
  }
  engine_->Submit(Batch(row->waiting.front()), [this, row](absl::StatusOr<Answer> answer) {
    TakeAnswer(std::move(answer), row);
    if (std::exchange(row->snapshot, false)) engine_->RequestSnapshot();
    SubmitNext(row);
  });
}

void WatchedEngine::TakeAnswer(absl::StatusOr<Answer> answer, Row* row) {
  const Batch& batch = row->waiting.front();
  if (!answer.ok()) {
    EXPECT_TRUE(absl::IsUnavailable(answer.status())) << answer.status();
    ++row->refused;
    return;
  }
  row->refused = 0;
  if (answer->duplicate) {
    // A start has shown it. What this run has tried in vain can never be a duplicate.
    EXPECT_TRUE(taken_.EndsWith(batch)) << "nobody has taken it before";
    if (taken_.EndsWith(batch)) ExpectRepeated(taken_.all().back(), answer);
  } else {
    EXPECT_FALSE(taken_.EndsWith(batch)) << "taken twice";
    taken_.Take(batch, LogEnd() - batch.record.size());
    const Answer& expected = taken_.all().back().answer;
    EXPECT_EQ(answer->accepted, expected.accepted);
    EXPECT_EQ(answer->already_counted, expected.already_counted);
    EXPECT_EQ(answer->refusals, expected.refusals);
  }
  unanswered_.reset();
  row->waiting.pop_front();
}

// One after the other: how many fall into one group would be left to chance.
void WatchedEngine::RepeatAll() {
  if (engine_ == nullptr) return;
  for (const TakenBatch& taken : taken_.all()) ExpectRepeated(taken, Send(taken.batch));
}

void WatchedEngine::ExpectRepeated(const TakenBatch& taken,
                                   const absl::StatusOr<Answer>& answer) const {
  if (!answer.ok()) {
    EXPECT_TRUE(!disk_.FailedCall().empty() && absl::IsUnavailable(answer.status()))
        << answer.status();
    return;
  }
  EXPECT_TRUE(answer->duplicate);
  // The texts of refusals stand in the log alone.
  const bool gone = !taken.answer.refusals.empty() && taken.position < LogBegin();
  EXPECT_EQ(answer->answer_expired, gone);
  if (gone) return;
  EXPECT_EQ(answer->accepted, taken.answer.accepted);
  EXPECT_EQ(answer->already_counted, taken.answer.already_counted);
  EXPECT_EQ(answer->refusals, taken.answer.refusals);
}

absl::StatusOr<Answer> WatchedEngine::Send(const Batch& batch) {
  std::promise<absl::StatusOr<Answer>> answer;
  engine_->Submit(Batch(batch),
                  [&answer](absl::StatusOr<Answer> given) { answer.set_value(std::move(given)); });
  return answer.get_future().get();
}

void WatchedEngine::Stop() { engine_.reset(); }

void WatchedEngine::Die() {
  const bool power_is_on = !disk_.PowerIsOff();
  disk_.PowerOff();
  engine_.reset();
  if (power_is_on) disk_.PowerOn();
}

void WatchedEngine::SnapshotBegins() {
  MutexLock lock(mutex_);
  snapshot_runs_ = true;
}

void WatchedEngine::SnapshotEnds(const SnapshotOutcome& outcome) {
  if (outcome.status.ok()) snapshot_start_ = outcome.start;
  MutexLock lock(mutex_);
  snapshot_runs_ = false;
  ended_.NotifyAll();
}

void WatchedEngine::AwaitSnapshot() {
  MutexLock lock(mutex_);
  while (snapshot_runs_) ended_.Wait(mutex_);
}

// Nobody tells when the files are gone, but it is a matter of microseconds.
void WatchedEngine::AwaitRemovals(std::uint64_t from, std::uint64_t below) {
  const auto waits = [&] {
    bool any = false;
    for (const std::string& path : disk_.Paths()) {
      if (!path.starts_with(kLog)) continue;
      const auto base = eventlog::ParseSegmentName(path.substr(sizeof kLog - 1));
      if (!base || *base < from || *base >= below) continue;
      if (disk_.FailedCall() == absl::StrCat("Remove ", path)) return false;
      any = true;
    }
    return any;
  };
  while (!disk_.PowerIsOff() && waits()) std::this_thread::yield();
}

}  // namespace iocd::engine
