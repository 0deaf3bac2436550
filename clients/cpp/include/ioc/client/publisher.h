#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "ioc/client/backoff.h"
#include "ioc/client/dead_letter.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// The final answer to one batch.
struct Answer {
  /// As in the request: the key under which the batch was sent.
  std::uint64_t sequence = 0;
  std::string batch_id;
  /// Number of events that the batch had.
  std::size_t events = 0;
  /// OK: durable and counted, see `response`. Otherwise what the daemon said of the batch as a
  /// whole; it will not be tried again. Once the publisher gives up, it is what the last try met
  /// (Unavailable: no daemon was there), and the outcome is unknown: only the same batch under the
  /// same key is safe to send again.
  absl::Status status;
  ioc::v1::PushResponse response;
};

struct PublisherOptions {
  std::string department;
  std::string producer;
  /// Sequence of the first batch; those after it count up. The caller remembers
  /// Publisher::next_sequence() beyond the life of its process.
  std::uint64_t first_sequence = 1;
  /// If not empty, batches carry the ids "PREFIX-1", "PREFIX-2", … instead of sequences. The prefix
  /// is new for each run (a UUID), at most 43 characters.
  std::string batch_id_prefix;
  bool simulated = false;
  bool validate_only = false;

  /// A batch is sent when it is full or as old as `max_delay`. The daemon takes at most 10,000
  /// events and 4 MiB.
  std::size_t max_batch_events = 1'000;
  std::size_t max_batch_bytes = 1'000'000;
  absl::Duration max_delay = absl::Milliseconds(100);
  /// Batches that wait for an answer, at least 1. Publish() blocks beyond it.
  std::size_t max_in_flight = 64;

  BackoffOptions backoff;
  /// When no answer has come for this long, in spite of retries, batches fail as the last try did.
  absl::Duration give_up_after = absl::InfiniteDuration();
  /// Tries again also where the daemon refuses the sender (who it is, what it may) rather than a
  /// batch: for senders that keep their batches until somebody has mended that.
  bool outlast_refusal_of_sender = false;
  /// Numbers in [0, 1) for the jitter.
  std::function<double()> random = SystemRandom();

  /// Called for each batch once, in the order in which the batches were formed, on a thread of the
  /// publisher, one call at a time. Must not call the publisher.
  std::function<void(const Answer&)> on_answer;
  /// Called for each event that is not counted, before on_answer of its batch; same rules.
  std::function<void(const DeadLetter&)> on_dead_letter;
  /// Called with what went wrong when batches are to be tried again; same rules. Several failures
  /// between two answers may be told as one.
  std::function<void(const absl::Status&)> on_failure;
};

/// Sends events of one producer over one PushStream, with many batches in flight.
///
/// Every batch is kept until it is answered. When the stream breaks or the daemon is busy, batches
/// without an answer are sent again under the same key, after a growing delay (or the one that the
/// daemon asks for), so that each event counts exactly once however often it travels. Batches live
/// in memory alone: those without an answer are lost with the process.
///
/// All methods are thread-safe.
class Publisher {
 public:
  /// Connects plainly to "HOST:PORT"; connection failures show as retries, not here.
  Publisher(const std::string& target, PublisherOptions options);
  /// Uses a channel of Connect().
  Publisher(std::shared_ptr<grpc::Channel> channel, PublisherOptions options);
  /// Ends without waiting: what is unanswered is given up. Close() first.
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  /// Adds an event to the current batch; blocks while max_in_flight batches are unanswered.
  /// InvalidArgument: the event alone exceeds max_batch_bytes. FailedPrecondition: closed.
  absl::Status Publish(ioc::v1::Event event);

  /// Sends a batch as it is, under the key that it carries, after what Publish() has collected;
  /// blocks as Publish() does. Its size is the caller's matter. FailedPrecondition: closed.
  absl::Status PublishBatch(ioc::v1::PushRequest request);

  /// Sends what is collected and waits until every batch is answered and its callbacks have
  /// returned. DeadlineExceeded: some are not, after `timeout`; they stay in flight.
  absl::Status Flush(absl::Duration timeout = absl::InfiniteDuration());

  /// Flush(timeout), then ends the stream and the threads. Batches without an answer are given up;
  /// their outcome is unknown and no callback tells of them. Later calls do nothing.
  absl::Status Close(absl::Duration timeout = absl::InfiniteDuration());

  /// The sequence that the next batch will have.
  std::uint64_t next_sequence() const;

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace ioc::client
