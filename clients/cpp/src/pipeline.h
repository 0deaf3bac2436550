#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ioc/client/backoff.h"
#include "ioc/client/publisher.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// What became of one batch.
struct Outcome {
  std::shared_ptr<const ioc::v1::PushRequest> request;
  absl::Status status;
  ioc::v1::PushResponse response;
};

/// The publisher without threads, clock and network: forms batches, says which one to write next
/// and when, takes answers and broken streams, gives outcomes in order. Time is an argument. Not
/// thread-safe.
class Pipeline {
 public:
  /// Reads the batching, key, retry and give-up options; the callbacks are not used here.
  explicit Pipeline(const PublisherOptions& options);

  /// False: max_in_flight batches wait for an answer.
  bool HasRoom() const { return batches_.size() < options_.max_in_flight; }
  /// Adds to the open batch. The caller has checked HasRoom().
  absl::Status Add(ioc::v1::Event event, absl::Time now);
  /// Adds a batch that is complete, after the open one. The caller has checked HasRoom().
  void AddBatch(ioc::v1::PushRequest request);
  /// Closes the open batch, so that it is sent without waiting for more events.
  void CloseBatch();

  /// The batch to write now, which then counts as sent on the current stream; nullptr: none is due.
  std::shared_ptr<const ioc::v1::PushRequest> TakeToSend(absl::Time now);
  /// When TakeToSend may have a batch although nothing else happens.
  absl::Time WakeAt() const;
  /// When the daemon will have been silent for give_up_after. A stream that is up then is cancelled
  /// by the caller (OnStreamLost gives up); without one, GiveUp() does it.
  absl::Time GiveUpAt() const;
  /// No stream is up: fails every batch if GiveUpAt() has come, and returns true.
  bool GiveUp(absl::Time now);

  /// Takes an answer of the current stream. False: it answers nothing that was sent, so the stream
  /// cannot be trusted any more.
  bool OnAnswer(ioc::v1::PushResponse response, absl::Time now);
  /// The current stream ended; what it left without an answer is sent again on the next one, or
  /// fails.
  void OnStreamLost(const absl::Status& status, std::optional<absl::Duration> retry_after,
                    absl::Time now);

  /// Outcomes since the last call, in the order of the batches.
  std::vector<Outcome> TakeOutcomes();
  /// What went wrong last since the last call and is tried again; OK: nothing did.
  absl::Status TakeFailure() { return std::exchange(untold_failure_, absl::OkStatus()); }
  /// No event is collected, waiting or in flight.
  bool IsIdle() const { return batches_.empty() && open_ == nullptr; }
  std::uint64_t next_sequence() const { return next_sequence_; }

 private:
  enum class State { kWaiting, kSent, kAnswered };
  struct Batch {
    std::shared_ptr<const ioc::v1::PushRequest> request;
    State state = State::kWaiting;
    Outcome outcome;
  };

  void OpenBatch(absl::Time now);
  bool HasWaiting() const;  // for its first or next sending
  bool RefusesSenderForNow(absl::StatusCode code) const;
  bool Answers(const ioc::v1::PushResponse& response, const ioc::v1::PushRequest& request) const;
  void Settle(Batch& batch, absl::Status status, ioc::v1::PushResponse response);
  /// Puts off all sending after a failure; fails everything once give_up_after has passed.
  void HoldBack(const absl::Status& status, std::optional<absl::Duration> retry_after,
                absl::Time now);
  void FailAll(const absl::Status& status);

  const PublisherOptions options_;
  Backoff backoff_;
  std::uint64_t next_sequence_;
  std::unique_ptr<ioc::v1::PushRequest> open_;
  std::size_t open_bytes_ = 0;
  absl::Time open_since_;
  std::deque<Batch> batches_;     // oldest first; pointers to elements stay valid at both ends
  std::deque<Batch*> on_stream_;  // sent on the current stream and unanswered, in that order
  absl::Time paused_until_ = absl::InfinitePast();
  /// Since when batches wait for an answer and none has come.
  absl::Time silent_since_ = absl::InfiniteFuture();
  absl::Status last_failure_;  // since the last answer
  absl::Status untold_failure_;
};

}  // namespace ioc::client
