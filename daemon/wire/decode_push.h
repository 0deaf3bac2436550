#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "domain/sending_rights.h"
#include "engine/batch.h"

namespace iocd::wire {

/// Asked for each batch when the rules of the whole call hold and before its events are looked at,
/// so that refusing one costs little.
class BatchGate {
 public:
  virtual ~BatchGate() = default;
  /// `department` is in the catalogue. An error is the call's.
  virtual absl::Status Admit(absl::string_view department, std::size_t events) = 0;
};

/// What a batch is judged by.
struct PushContext {
  const domain::Catalogue& catalogue;
  Timestamp now;
  bool demo = false;                              // simulated batches are taken
  const domain::SendingRights* rights = nullptr;  // of who sends; nullptr: all
  BatchGate* gate = nullptr;                      // nullptr: none
};

/// What a request says of itself; the texts are views into it. What it does not say, or not in a
/// readable form, is empty.
struct PushHead {
  eventlog::BatchKey key = eventlog::NoKey{};
  absl::string_view department, producer;
};

/// Turns a serialized ioc.v1.PushRequest into a batch for the engine: checks the rules of the whole
/// call, admits each event and writes the admitted ones into the batch's record. The batch keeps
/// nothing of `request`. `*head` is filled in as far as it is known, also on failure, so that an
/// answer can repeat the key. Errors: InvalidArgument (the message says what and where),
/// FailedPrecondition (simulated, without demo), PermissionDenied (another department than the
/// sender's), and those of the gate.
absl::StatusOr<engine::Batch> DecodePush(absl::string_view request, const PushContext& context,
                                         PushHead* head);

}  // namespace iocd::wire
