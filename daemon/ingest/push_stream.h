#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "absl/functional/any_invocable.h"
#include "base/mutex.h"
#include "base/timestamp.h"
#include "door/doorkeeper.h"
#include "ingest/ingestor.h"

namespace iocd::ingest {

/// One PushStream call. Batches go to the ingestor as they arrive; answers go out in the order of
/// the batches, whatever order they become known in.
///
/// At most limits::kMaxStreamInFlightBatches batches are unanswered at a time, and a batch waits
/// here while the engine's queue is full: nothing is read meanwhile, so gRPC's flow control slows
/// the sender down. A sender that does not read its answers therefore stops itself and nobody else.
///
/// Owns itself until gRPC is done with the call and the engine with its batches. gRPC's threads and
/// the engine's thread call in; none of them ever waits for the sender.
class PushStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  /// What a stream stands on. The context is the call's, the rest outlives the stream.
  struct Surroundings {
    grpc::CallbackServerContext& context;
    Ingestor& ingestor;
    door::Doorkeeper& doorkeeper;
    Duration begun;  // since boot
  };

  /// Makes a stream of `caller` and reads its first batch. `on_gone` is called when the call is
  /// over.
  static std::shared_ptr<PushStream> Start(const Surroundings& surroundings, door::CallerPtr caller,
                                           absl::AnyInvocable<void(PushStream*)> on_gone);

  /// To be called now and then: ends the call if its caller is no longer let in, or if it has lived
  /// for so long; breaks it off if it was ended at an earlier look and its peer takes no answers.
  void Look(Duration since_boot, Duration lifetime);

  /// Takes no more batches; ends the call with Unavailable once those taken are answered. Does
  /// nothing to a call that is over.
  void Drain();

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  using Slot = std::optional<grpc::ByteBuffer>;  // empty until the answer is known

  PushStream(const Surroundings& surroundings, door::CallerPtr caller,
             absl::AnyInvocable<void(PushStream*)> on_gone);

  /// Takes no more batches; ends the call like this once those taken are answered.
  void End(grpc::Status why);
  /// The caller as they are let in now; nullptr: they are not any more, and the call ends.
  door::CallerPtr RenewCaller();
  /// Hands the batch that was read to the ingestor, or looks again later if there is no room.
  void TakeBatch();
  void OnAnswer(std::uint64_t number, PushReply reply);

  void ReadNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void PopSlot() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// True once: when every batch that was taken is answered and no more will be. The caller then
  /// releases the mutex and calls Finish(FinalStatus()).
  bool BecomesFinished() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  grpc::Status FinalStatus();

  grpc::CallbackServerContext& context_;
  Ingestor& ingestor_;
  door::Doorkeeper& doorkeeper_;
  const Duration begun_;  // since boot
  absl::AnyInvocable<void(PushStream*)> on_gone_;
  std::shared_ptr<PushStream> self_;  // until gRPC is done with the call
  grpc::ByteBuffer request_;  // of the read under way, then of the batch that is being taken
  std::optional<grpc::Alarm> alarm_;  // looks again whether the engine has room

  Mutex mutex_;
  door::CallerPtr caller_ ABSL_GUARDED_BY(mutex_);
  grpc::Status end_ ABSL_GUARDED_BY(mutex_);  // while draining: with what the call ends
  bool looked_at_end_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<Slot> slots_ ABSL_GUARDED_BY(mutex_);        // unanswered batches, oldest first
  std::uint64_t first_slot_ ABSL_GUARDED_BY(mutex_) = 0;  // number of the batch of slots_.front()
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  // A batch was read and waits for room or is being taken.
  bool taking_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;  // answers reach nobody any more
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool reads_over_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;  // the context is gone
};

}  // namespace iocd::ingest
