#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "audit/entry.h"
#include "iocctl/audit_commands.h"

namespace iocctl {

/// Which entries of the audit log are asked for.
class AuditFilter {
 public:
  /// InvalidArgument with a sentence: a time or an action that is none. `now` is what "now" means
  /// as a time.
  static absl::StatusOr<AuditFilter> Make(const AuditShowOptions& options, absl::Time now);

  bool Takes(const iocd::audit::Logged& logged) const;

 private:
  std::optional<iocd::Timestamp> since_, until_;
  std::optional<std::string> who_;
  std::string action_;
  bool refused_ = false;
};

}  // namespace iocctl
