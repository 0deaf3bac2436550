#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

namespace iocd::ingest {

/// What became of a reload.
struct ReloadOutcome {
  /// OK: what the files say is at work. FailedPrecondition: they have mistakes. Unavailable: the
  /// daemon is starting or stopping, or its disk refused. Unless OK nothing has changed.
  absl::Status status;
  std::vector<std::string> changes;   // if OK, a sentence each; none: the files say what they said
  std::vector<std::string> mistakes;  // of the files, each with its place
  std::size_t access_changes = 0;     // the first of the changes: of whom the daemon trusts
};

/// The door of whoever may ask for the configuration to be read again. Thread-safe.
class Reloading {
 public:
  using Done = absl::AnyInvocable<void(const ReloadOutcome&) &&>;

  virtual ~Reloading() = default;

  /// Reads the configuration files as they are at the call or later, and puts what they say to
  /// work. `asked_by` says for people who asked. `done` runs exactly once, on any thread, perhaps
  /// before Request() returns; it must not block.
  virtual void Request(std::string asked_by, Done done) = 0;
};

}  // namespace iocd::ingest
