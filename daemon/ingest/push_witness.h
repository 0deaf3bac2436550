#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "audit/caller.h"
#include "audit/recorder.h"
#include "audit/seen_senders.h"

namespace iocd::ingest {

/// Records in the audit log who pushed first from where, and which batches were refused as a whole.
/// A batch of a known sender costs one look-up. Thread-safe.
class PushWitness {
 public:
  /// `recorder` outlives the witness.
  explicit PushWitness(audit::Recorder& recorder) : recorder_(recorder) {}

  /// Who sent a batch.
  struct Sender {
    audit::CallerPtr caller;
    std::string department, producer;  // as sent; empty: not known yet, or missing
    audit::SeenSenders::Key key = 0;
    bool known = true;  // nothing is to be recorded when its batch is taken
  };

  /// Looks whether the sender is known.
  Sender Meet(audit::CallerPtr caller, absl::string_view department,
              absl::string_view producer) const;

  /// A batch of it was taken for the first time, not as a repeat or a trial.
  void Taken(const Sender& sender);

  /// A batch of it was refused as a whole, with what it was told.
  void Refused(const Sender& sender, const absl::Status& why);

 private:
  audit::Recorder& recorder_;
  audit::SeenSenders seen_;
};

}  // namespace iocd::ingest
