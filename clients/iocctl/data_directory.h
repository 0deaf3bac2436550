#pragma once

#include <string>

#include "absl/status/status.h"

namespace iocctl {

/// OK if an event log lies in the directory; otherwise a sentence that says what is missing.
absl::Status FindLog(const std::string& data_dir);

/// OK if an audit log lies in the directory; otherwise a sentence that says what is missing.
absl::Status FindAudit(const std::string& data_dir);

/// Whether a daemon holds the directory now. Changes nothing.
bool DaemonHolds(const std::string& data_dir);

/// OK if files that this process makes there belong to whom the directory belongs; otherwise a
/// sentence that names that user. A daemon could not write files of another one.
absl::Status MayChange(const std::string& data_dir);

}  // namespace iocctl
