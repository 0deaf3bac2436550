#include "ingest/push_stream.h"

#include <grpc/support/time.h>

#include <utility>

#include "base/limits.h"
#include "ingest/byte_buffer.h"
#include "wire/push_response.h"
#include "wire/status_mapping.h"

namespace iocd::ingest {
namespace {

/// The engine writes tens of megabytes in this time: often enough, and rare enough to cost nothing.
constexpr int kLookForRoomMillis = 5;

gpr_timespec InMillis(int millis) {
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(millis, GPR_TIMESPAN));
}

}  // namespace

// StartRead and StartWrite are called under the mutex: gRPC never runs their reactions inside them.
// Finish is called without it and last, since the stream may be gone when it returns.

PushStream::PushStream(const Surroundings& surroundings, door::CallerPtr caller,
                       absl::AnyInvocable<void(PushStream*)> on_gone)
    : context_(surroundings.context),
      ingestor_(surroundings.ingestor),
      doorkeeper_(surroundings.doorkeeper),
      begun_(surroundings.begun),
      on_gone_(std::move(on_gone)),
      caller_(std::move(caller)) {}

std::shared_ptr<PushStream> PushStream::Start(const Surroundings& surroundings,
                                              door::CallerPtr caller,
                                              absl::AnyInvocable<void(PushStream*)> on_gone) {
  std::shared_ptr<PushStream> stream(
      new PushStream(surroundings, std::move(caller), std::move(on_gone)));
  stream->self_ = stream;
  MutexLock lock(stream->mutex_);
  stream->ReadNext();
  return stream;
}

void PushStream::Drain() {
  End({grpc::StatusCode::UNAVAILABLE,
       "the daemon is stopping: send what is unanswered again, under the same keys"});
}

void PushStream::End(grpc::Status why) {
  {
    MutexLock lock(mutex_);
    if (!draining_) end_ = std::move(why);
    draining_ = true;
    if (!BecomesFinished()) return;
  }
  Finish(FinalStatus());
}

void PushStream::Look(Duration since_boot, Duration lifetime) {
  {
    MutexLock lock(mutex_);
    if (done_) return;
    if (draining_) {
      // gRPC reacts to this on other threads, never inside it.
      if (std::exchange(looked_at_end_, true)) context_.TryCancel();
      return;
    }
  }
  if (RenewCaller() == nullptr) return;
  if (since_boot.nanos - begun_.nanos < lifetime.nanos) return;
  End({grpc::StatusCode::UNAVAILABLE,
       "the stream has lived as long as one may: open another, and send what is unanswered again, "
       "under the same keys"});
}

door::CallerPtr PushStream::RenewCaller() {
  door::CallerPtr caller;
  {
    MutexLock lock(mutex_);
    caller = caller_;
  }
  absl::StatusOr<door::CallerPtr> renewed = doorkeeper_.Renew(caller, access::Action::kSend);
  if (!renewed.ok()) {
    End(wire::ToGrpcStatus(renewed.status()));
    return nullptr;
  }
  if (*renewed == caller) return caller;
  MutexLock lock(mutex_);
  caller_ = *renewed;
  return *std::move(renewed);
}

void PushStream::OnReadDone(bool ok) {
  bool finished = false;
  {
    MutexLock lock(mutex_);
    reading_ = false;
    // A batch may still come in while the call is being ended. It is left, for nothing would keep
    // this object until its answer; the sender knows it as unanswered.
    if (finished_) {
      if (ok) ingestor_.CountDropped(exposition::kBatchOfEndedStream);
      return;
    }
    reads_over_ = !ok;
    taking_ = ok;
    finished = BecomesFinished();
  }
  if (finished) return Finish(FinalStatus());
  if (ok) TakeBatch();
}

void PushStream::TakeBatch() {
  std::uint64_t number = 0;
  {
    MutexLock lock(mutex_);
    if (!ingestor_.HasRoom() && !broken_ && !draining_) {
      alarm_.emplace().Set(InMillis(kLookForRoomMillis), [this](bool) { TakeBatch(); });
      return;
    }
  }
  // A batch of one who is out is left: its sender knows it as unanswered.
  if (door::CallerPtr caller = RenewCaller(); caller == nullptr) {
    ingestor_.CountDropped(exposition::kBatchOfEndedStream);
  } else {
    {
      MutexLock lock(mutex_);
      number = first_slot_ + slots_.size();
      slots_.emplace_back();
    }
    // Without the mutex: the answer may come from within.
    ingestor_.Push(FlatBytes(request_).view(), std::move(caller),
                   [this, number](PushReply reply) { OnAnswer(number, std::move(reply)); });
  }
  bool finished = false;
  {
    MutexLock lock(mutex_);
    taking_ = false;
    ReadNext();
    finished = BecomesFinished();
  }
  if (finished) Finish(FinalStatus());
}

void PushStream::OnAnswer(std::uint64_t number, PushReply reply) {
  if (!reply.status.ok()) {
    *reply.response.mutable_error() = wire::ToError(reply.status, reply.retry_after);
  }
  grpc::ByteBuffer answer = Serialize(reply.response);
  bool finished = false;
  {
    MutexLock lock(mutex_);
    slots_[number - first_slot_] = std::move(answer);
    WriteNext();
    finished = BecomesFinished();
  }
  if (finished) Finish(FinalStatus());
}

void PushStream::OnWriteDone(bool ok) {
  bool finished = false;
  {
    MutexLock lock(mutex_);
    writing_ = false;
    broken_ = broken_ || !ok;
    if (!ok) ingestor_.CountDropped(exposition::kAnswerOfBrokenStream);
    PopSlot();
    WriteNext();
    ReadNext();
    finished = BecomesFinished();
  }
  if (finished) Finish(FinalStatus());
}

void PushStream::OnCancel() {
  bool finished = false;
  {
    MutexLock lock(mutex_);
    broken_ = true;
    WriteNext();
    finished = BecomesFinished();
  }
  if (finished) Finish(FinalStatus());
}

void PushStream::OnDone() {
  {
    MutexLock lock(mutex_);
    done_ = true;
  }
  on_gone_(this);
  self_.reset();
}

void PushStream::ReadNext() {
  if (reading_ || taking_ || reads_over_ || draining_ || broken_ || finished_) return;
  if (slots_.size() >= limits::kMaxStreamInFlightBatches) return;
  reading_ = true;
  StartRead(&request_);
}

void PushStream::WriteNext() {
  if (writing_) return;
  // Answers that reach nobody are dropped: the sender repeats the batch and learns the same.
  while (broken_ && !slots_.empty() && slots_.front().has_value()) {
    ingestor_.CountDropped(exposition::kAnswerOfBrokenStream);
    PopSlot();
  }
  if (slots_.empty() || !slots_.front().has_value()) return;
  writing_ = true;
  StartWrite(&*slots_.front());
}

void PushStream::PopSlot() {
  slots_.pop_front();
  ++first_slot_;
}

bool PushStream::BecomesFinished() {
  const bool no_more_batches = reads_over_ || draining_ || broken_;
  if (finished_ || !no_more_batches || taking_ || writing_ || !slots_.empty()) return false;
  finished_ = true;
  return true;
}

grpc::Status PushStream::FinalStatus() {
  MutexLock lock(mutex_);
  return reads_over_ ? grpc::Status::OK : end_;
}

}  // namespace iocd::ingest
