#pragma once

#include <string>

#include "absl/status/status.h"

namespace iocd::ledger {

/// Writes a copy of the ledger `from` to the new file `to`, also while it is written; the copy is
/// one committed state with its position. OK: it survives a loss of power. It is a single file in
/// SQLite's rollback mode, so that it can be read where nothing can be written.
///
/// AlreadyExists: there is a file `to`. After any other error there is none; errors are those of
/// Ledger::Apply(), of either file.
absl::Status CopyLedger(const std::string& from, const std::string& to);

}  // namespace iocd::ledger
