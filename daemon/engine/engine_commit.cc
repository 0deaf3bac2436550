// What the engine does with a group of batches: judge, append and sync, apply, answer.

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "engine/engine.h"
#include "eventlog/group_format.h"

namespace iocd::engine {
namespace {

absl::Status DiskRefused(const absl::Status& why) {
  return absl::UnavailableError(
      absl::StrCat("the outcome is unknown, repeat the same batch under the same sequence: the "
                   "event log takes no data (",
                   why.message(), ")"));
}

std::string KeyText(const eventlog::BatchKey& key) {
  if (const auto* sequence = std::get_if<eventlog::Sequence>(&key)) {
    return absl::StrCat("sequence ", *sequence);
  }
  return absl::StrCat("batch id '", std::get<std::string>(key), "'");
}

/// The status of a verdict that refuses the batch; OK for those that do not.
absl::Status RefusalOf(const Verdict& verdict, const Batch& batch) {
  switch (verdict.kind) {
    case Verdict::Kind::kNew:
    case Verdict::Kind::kRepeat:
    case Verdict::Kind::kExpiredRepeat:
      return absl::OkStatus();
    case Verdict::Kind::kReused:
      return absl::AlreadyExistsError(
          absl::StrCat(KeyText(batch.key), " of producer '", batch.producer,
                       "' was used for another batch: give each batch a key of its own"));
    case Verdict::Kind::kBelowFloor:
      return absl::FailedPreconditionError(absl::StrCat(
          KeyText(batch.key), " of producer '", batch.producer,
          "' is no longer acceptable: gaps up to ", verdict.bound,
          " are closed, so it can no longer be told from a repeat; send the events under a new "
          "sequence if they were never acknowledged"));
    case Verdict::Kind::kTooFarAhead:
      return absl::FailedPreconditionError(
          absl::StrCat(KeyText(batch.key), " of producer '", batch.producer,
                       "' jumps too far: the highest taken is ", verdict.bound,
                       " and a sequence may be at most ", limits::kMaxSequenceJump, " above it"));
    case Verdict::Kind::kTooManyProducers:
      return absl::FailedPreconditionError(absl::StrCat(
          "producer '", batch.producer, "' would be one too many: a department may use ",
          limits::kMaxProducersPerDepartment + limits::kMaxRetiredProducers,
          " names with sequences in all; go on with one of them, or use batch ids"));
  }
  return absl::InternalError("unknown verdict");
}

/// What the sender of a new batch is told. Takes the batch's refusals.
Answer AnswerTo(Batch* batch) {
  return {.accepted = batch->accepted - batch->already_counted,
          .already_counted = batch->already_counted,
          .refusals = std::move(batch->refusals)};
}

}  // namespace

/// The batches that one sync makes durable.
class Engine::Group {
 public:
  struct Member {
    Pending pending;
    std::size_t offset;  // of its record in `bytes`
  };

  Group() : bytes(eventlog::kGroupHeaderBytes, '\0') {}

  bool Holds(const Batch& batch) const { return keys_.contains(KeyOf(batch)); }
  bool HoldsReferenceOf(const Batch& batch) const {
    return !references_.empty() &&
           std::any_of(batch.references.begin(), batch.references.end(),
                       [this](const auto& one) { return references_.contains(one.key); });
  }

  void Add(Pending pending) {
    if (!std::holds_alternative<eventlog::NoKey>(pending.batch.key)) {
      keys_.insert(KeyOf(pending.batch));
    }
    for (const CountedReference& one : pending.batch.references) references_.insert(one.key);
    const std::size_t offset = bytes.size();
    bytes += pending.batch.record;
    members.push_back({std::move(pending), offset});
  }

  std::string bytes;  // room for the header, then the records
  std::vector<Member> members;

 private:
  static std::string KeyOf(const Batch& batch) {
    return absl::StrCat(static_cast<std::uint32_t>(batch.department), "\n", batch.producer.size(),
                        batch.producer, KeyText(batch.key));
  }

  absl::flat_hash_set<std::string> keys_;
  absl::flat_hash_set<KeyHash> references_;  // of events that count once
};

void Engine::Commit(std::vector<Pending> pending) {
  Group group;
  std::size_t bytes = eventlog::kGroupHeaderBytes;
  for (const Pending& one : pending) bytes += one.Bytes();
  const absl::Status usable = defect_.ok() ? PrepareLog(bytes) : defect_;
  if (!usable.ok()) {
    for (Pending& one : pending) group.members.push_back({std::move(one), 0});
    FailGroup(&group, usable);
    return;
  }
  for (Pending& one : pending) Place(std::move(one), &group);
  if (group.members.empty()) return;

  const std::uint64_t position = log_->NextPosition();
  observer_.CommitBegins();
  const absl::Status durable = log_->Append(&group.bytes);
  observer_.CommitEnds();
  if (!durable.ok()) {
    FailGroup(&group, durable);
    return;
  }
  PublishSizes();
  for (Group::Member& member : group.members) member.offset += position;
  ApplyAndAnswer(&group);
}

// On a disk that is nearly full a small group may find room where a larger one did not: as long as
// that one would be refused again, all is not well.
absl::Status Engine::PrepareLog(std::size_t bytes) {
  absl::Status usable = log_->Prepare(bytes, NewestArrival());
  if (!usable.ok()) {
    refused_bytes_ = std::max(refused_bytes_, bytes);
  } else if (bytes >= refused_bytes_) {
    refused_bytes_ = 0;
    SetHealthy(absl::OkStatus());
  }
  return usable;
}

void Engine::Place(Pending pending, Group* group) {
  if (pending.question) {
    // Batches submitted before it are in this group or carried over before it.
    if (!group->members.empty()) return carried_.push_back(std::move(pending));
    return std::move(pending.question)(&state_);
  }
  const Batch& batch = pending.batch;
  const Verdict verdict = state_.Judge(batch.department, batch.producer, batch.key, batch.content);
  const bool keyed = !std::holds_alternative<eventlog::NoKey>(batch.key);
  // A batch whose judgement may change with what this group applies waits for the next one: a
  // repeat of a batch in it, or anything refused.
  const absl::Status refused = RefusalOf(verdict, batch);
  if (!group->members.empty() && keyed && (!refused.ok() || group->Holds(batch))) {
    carried_.push_back(std::move(pending));
    return;
  }
  if (!refused.ok()) return std::move(pending.done)(refused);
  if (verdict.kind == Verdict::Kind::kRepeat) {
    return std::move(pending.done)(AnswerOf(verdict.taken));
  }
  if (verdict.kind == Verdict::Kind::kExpiredRepeat) {
    return std::move(pending.done)(Answer{.duplicate = true, .answer_expired = true});
  }
  // Which of its references count is known once those of this group have been applied.
  if (group->HoldsReferenceOf(batch)) {
    carried_.push_back(std::move(pending));
    return;
  }
  pending.batch.already_counted = MarkAlreadyCounted(state_, &pending.batch);
  if (batch.validate_only) return std::move(pending.done)(AnswerTo(&pending.batch));
  group->Add(std::move(pending));
}

void Engine::ApplyAndAnswer(Group* group) {
  absl::Status applied;
  for (const Group::Member& member : group->members) {
    absl::string_view bytes(member.pending.batch.record);
    const auto raw = eventlog::TakeRecord(&bytes);
    const auto record = eventlog::BatchRecord::Parse(raw->body);
    MutexLock lock(state_mutex_);
    applied = record.ok() ? state_.Apply(*record, member.offset) : record.status();
    if (!applied.ok()) break;
  }
  if (!applied.ok()) {  // what ingest built does not fit what replay reads
    FoundDefect(applied);
    return FailGroup(group, applied);
  }
  applied_.store(log_->NextPosition(), std::memory_order_release);
  changes_.fetch_add(1, std::memory_order_release);
  for (Group::Member& member : group->members) {
    std::move(member.pending.done)(AnswerTo(&member.pending.batch));
  }
}

void Engine::FoundDefect(const absl::Status& what) {
  defect_ = what;
  snapshots_->GiveUp();
}

void Engine::FailGroup(Group* group, const absl::Status& why) {
  SetHealthy(why);
  for (Group::Member& member : group->members) {
    std::move(member.pending).Refuse(DiskRefused(why));
  }
}

absl::StatusOr<Answer> Engine::AnswerOf(const Taken& taken) const {
  Answer answer{
      .duplicate = true, .accepted = taken.accepted, .already_counted = taken.already_counted};
  if (taken.refused == 0) return answer;
  auto refusals = RefusalsAt(taken.position);
  const bool damaged = absl::IsDataLoss(refusals.status());
  if (damaged) observer_.AnswerDamaged(std::string(refusals.status().message()));
  if (damaged || absl::IsNotFound(refusals.status())) {
    return Answer{.duplicate = true, .answer_expired = true};
  }
  if (!refusals.ok()) return DiskRefused(refusals.status());
  answer.refusals = *std::move(refusals);
  return answer;
}

// Refusals are rare and can be long, so they are not kept in memory.
absl::StatusOr<std::vector<domain::Refusal>> Engine::RefusalsAt(std::uint64_t position) const {
  const auto body = log_->ReadBody(position);
  if (!body.ok()) return body.status();
  const auto record = eventlog::BatchRecord::Parse(*body);
  if (!record.ok()) return record.status();
  return record->Refusals();
}

}  // namespace iocd::engine
