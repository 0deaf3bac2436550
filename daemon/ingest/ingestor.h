#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "access/quota_keeper.h"
#include "audit/recorder.h"
#include "base/clock.h"
#include "base/clock_guard.h"
#include "base/timestamp.h"
#include "door/caller.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "ingest/in_flight.h"
#include "ingest/push_witness.h"
#include "ioc/v1/ingest.pb.h"

namespace iocd::ingest {

/// The outcome of one batch. `response` is the answer if `status` is OK; otherwise it holds the
/// request's key (where that could be read) and the daemon's clock, nothing else.
struct PushReply {
  absl::Status status;
  ioc::v1::PushResponse response;
  std::optional<Duration> retry_after;  // with ResourceExhausted
};

/// What became of a producer's question where it may go on.
struct ResumeReply {
  absl::Status status;
  ioc::v1::ResumeResponse response;     // if `status` is OK
  std::optional<Duration> retry_after;  // with ResourceExhausted
};

/// What every door (unary call, stream, HTTP) does with one batch of a caller who may send: decode,
/// validate, hold its department to its quota, hand to the engine, form the answer, count, tell the
/// audit log. While the clock is in doubt nothing is taken. Thread-safe; all that it is given
/// outlives it, and it outlives the engine's thread.
class Ingestor {
 public:
  struct Options {
    bool demo = false;  // takes simulated batches
  };
  using Done = absl::AnyInvocable<void(PushReply) &&>;
  using ResumeDone = absl::AnyInvocable<void(ResumeReply) &&>;

  /// What a sender is told to wait when nothing was taken for want of room.
  static constexpr Duration kRetryAfter = Duration::Seconds(1);

  Ingestor(engine::Engine& engine, const Clock& clock, ClockGuard& clock_guard,
           exposition::DaemonMetrics& metrics, access::QuotaKeeper& quotas,
           audit::Recorder& recorder, Options options);

  /// `request` is a serialized ioc.v1.PushRequest, as sent (its hash tells a repeat from a reuse);
  /// it is not used after the call returns. `caller` sends it. `done` is called exactly once, on
  /// the engine's thread or before Push returns; it must not block.
  void Push(absl::string_view request, door::CallerPtr caller, Done done);

  /// Records that a door refused a batch before it came here.
  void RefusedAtDoor(door::CallerPtr caller, const absl::Status& why) {
    witness_.Refused({std::move(caller)}, why);
  }
  /// The same for a call that is no batch, and counts it.
  void RefusedCall(door::CallerPtr caller, const absl::Status& why) {
    metrics_.CountRefusedCall(why.code());
    witness_.Refused({std::move(caller)}, why);
  }

  /// Tells a producer where it may go on: every batch that was pushed before is known. `done` is
  /// called as by Push.
  void Resume(const ioc::v1::ResumeRequest& request, door::CallerPtr caller, ResumeDone done);

  /// False while the engine's queue is full: a stream then waits instead of being refused.
  bool HasRoom() const { return engine_.HasRoom(); }

  /// Counts one thing that a stream dropped, under a reason of iocd_dropped_total.
  void CountDropped(const std::string& reason) { metrics_.CountDropped(reason); }

 private:
  /// What is kept of a batch while the engine has it.
  struct Sent {
    InFlight in_flight;
    eventlog::BatchKey key;
    PushWitness::Sender sender;
    Timestamp arrival;
    std::uint32_t events = 0;
    bool validate_only = false;
    Duration retry_after = kRetryAfter;  // if there is no room
  };

  PushReply Reply(const Sent& sent, const absl::StatusOr<engine::Answer>& answer);

  engine::Engine& engine_;
  const Clock& clock_;
  ClockGuard& clock_guard_;
  exposition::DaemonMetrics& metrics_;
  access::QuotaKeeper& quotas_;
  PushWitness witness_;
  const Options options_;
};

}  // namespace iocd::ingest
