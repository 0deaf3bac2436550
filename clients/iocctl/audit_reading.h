#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "audit/chain.h"
#include "iocctl/terminal.h"

namespace iocctl {

/// A visitor of the audit log that shows on a terminal how far it is.
class ProgressingVisitor : public iocd::audit::ChainVisitor {
 public:
  /// `what` is done, e.g. "verify".
  explicit ProgressingVisitor(std::string what) : what_(std::move(what)) {}

  void OnProgress(std::uint64_t done, std::uint64_t of) override;
  /// Clears the line that is shown.
  void EndProgress() { progress_.reset(); }

 private:
  const std::string what_;
  std::optional<Progress> progress_;
};

/// Walks over the audit log of a data directory, which has one. An error is a sentence for people.
absl::StatusOr<iocd::audit::ChainSummary> WalkAudit(const std::string& data_dir,
                                                    ProgressingVisitor& visitor);

}  // namespace iocctl
