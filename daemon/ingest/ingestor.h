#pragma once

#include <optional>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/timestamp.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "ioc/v1/ingest.pb.h"

namespace iocd::ingest {

/// The outcome of one batch: `response` if `status` is OK.
struct PushReply {
  absl::Status status;
  ioc::v1::PushResponse response;
  std::optional<Duration> retry_after;  // with ResourceExhausted
};

/// What every door (unary call, stream, HTTP) does with one batch: decode, validate, hand to the
/// engine, form the answer, count. Thread-safe; all that it is given outlives it.
class Ingestor {
 public:
  struct Options {
    bool demo = false;  // takes simulated batches
  };

  Ingestor(engine::Engine& engine, const Clock& clock, exposition::DaemonMetrics& metrics,
           Options options);

  /// `request` is a serialized ioc.v1.PushRequest, as sent (its hash tells a repeat from a reuse); it
  /// is not used after the call returns. `done` is called exactly once, on the engine's thread or
  /// before Push returns; it must not block.
  void Push(absl::string_view request, absl::AnyInvocable<void(PushReply) &&> done);

 private:
  engine::Engine& engine_;
  const Clock& clock_;
  exposition::DaemonMetrics& metrics_;
  const Options options_;
};

}  // namespace iocd::ingest
